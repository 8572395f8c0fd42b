"""The one file of a backup: a tar of the database, the files and the key, with digests at its end.

The manifest comes last, so that a file that was cut off has none and is known at once.
"""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from config.machine.errors import MachineError

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
KEY = "secret-key"
FILE = re.compile(r"files/(?!.*(^|/)\.\.?(/|$))[^\0]+\Z")


class ArchiveError(MachineError):
    """The file is no whole backup."""


@dataclass
class Manifest:
    """What a backup holds and where it comes from."""

    made: str  # ISO 8601, UTC
    kind: str
    postgres: int
    roles: list[str]
    migrations: list[str]
    format: int = FORMAT
    digests: dict[str, str] = field(default_factory=dict)


def write(target: IO[bytes], manifest: Manifest, members: Iterator[tuple[str, Path]]) -> None:
    """Write every member and then the manifest with their digests."""
    with tarfile.open(fileobj=target, mode="w") as tar:
        for name, path in members:
            with path.open("rb") as content:
                facts = tarfile.TarInfo(name)
                facts.size, facts.mode = path.stat().st_size, 0o600
                reader = _Digesting(content)
                tar.addfile(facts, reader)
                manifest.digests[name] = reader.sha256.hexdigest()
        words = json.dumps(asdict(manifest), indent=1).encode()
        facts = tarfile.TarInfo(MANIFEST)
        facts.size, facts.mode = len(words), 0o600
        tar.addfile(facts, io.BytesIO(words))


def verify(source: IO[bytes]) -> Manifest:
    """Read all of it, and return its manifest if every digest is right."""
    found: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(fileobj=source, mode="r:") as tar:
            for facts in tar:
                content = tar.extractfile(facts)
                if content is None or not _is_allowed(facts.name):
                    raise ArchiveError(f"The backup holds {facts.name!r}, which is not ours.")
                if facts.name == MANIFEST:
                    manifest = Manifest(**json.load(content))
                else:
                    found[facts.name] = _digest(content)
    except (tarfile.TarError, EOFError, ValueError, TypeError) as error:
        raise ArchiveError("This file is no backup of Schoolgate, or it was cut off.") from error
    if manifest is None or manifest.format != FORMAT:
        raise ArchiveError(
            "This backup is not whole: what it should hold is not listed at its end."
        )
    wrong = sorted(set(found.items()) ^ set(manifest.digests.items()))
    if wrong:
        raise ArchiveError(f"The backup is damaged: {wrong[0][0]} is not what was written.")
    return manifest


def unpack(source: IO[bytes], into: Path) -> None:
    """Write every member below a folder of our own; call `verify` first."""
    source.seek(0)
    with tarfile.open(fileobj=source, mode="r:") as tar:
        for facts in tar:
            content = tar.extractfile(facts)
            assert content is not None
            path = into / facts.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                while block := content.read(1 << 20):
                    file.write(block)


def _digest(content: IO[bytes]) -> str:
    total = hashlib.sha256()
    while block := content.read(1 << 20):
        total.update(block)
    return total.hexdigest()


def _is_allowed(name: str) -> bool:
    return name in {MANIFEST, DUMP, KEY} or FILE.match(name) is not None


class _Digesting(io.RawIOBase):
    """Reads a file and digests what passes, so that the digest is of what was written."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sha256.update(block)
        return block
