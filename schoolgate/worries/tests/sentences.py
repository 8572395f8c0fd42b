"""The test set, as the tests of this room read it."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "testset"


def files() -> dict[str, dict[str, Any]]:
    """Each language's sentences, by the name of its file."""
    read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
    return {name: data for name, data in sorted(read.items()) if "language" in data}


def sentences(*parts: str) -> list[tuple[str, str]]:
    """What each sentence of some parts is about, and the sentence."""
    return [
        (about, text)
        for data in files().values()
        for part in parts
        for about, texts in data[part].items()
        for text in texts
    ]
