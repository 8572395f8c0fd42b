"""Where the schools' settings files lie."""

from pathlib import Path

from schoolgate.school.errors import SchoolError
from schoolgate.school.settings import SchoolSettings, load

FOLDER = Path(__file__).resolve().parents[2] / "schools"


def find_school(name: str) -> SchoolSettings:
    """The settings of a school, by its short name or a file's path. Raises SchoolError."""
    by_slug = FOLDER / f"{name}.toml"
    if "/" not in name and by_slug.is_file():
        return load(by_slug)
    if "/" in name or name.endswith(".toml") or Path(name).is_file():
        return load(Path(name))
    known = ", ".join(sorted(path.stem for path in FOLDER.glob("*.toml")))
    sentence = f"There is no school {name!r}; there are {known}. The path of a file will do too."
    raise SchoolError(sentence)
