"""On which line of a TOML file each key stands, so that a mistake can be pointed at."""

import re
from collections import Counter

Path = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPE = re.compile(r'\\(["\\])')
_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL
)
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")


def lines_of_keys(text: str) -> dict[Path, int]:
    """The line (from 1) of every key, table and array member of `text`, a valid TOML text."""
    walker = _Walker(text)
    walker.document()
    return walker.lines


class _Walker:
    """Walks text that the TOML reader has accepted already, so it can be simple."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._members: Counter[Path] = Counter()

    def document(self) -> None:
        table: Path = ()
        while self._skip(_SPACE) and self.at < len(self.text):
            table = self._header() if self.text[self.at] == "[" else self._pair(table)

    def _header(self) -> Path:
        line = self._line()
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        path = self._resolved(self._key())
        self.at += 2 if is_array else 1
        if is_array:
            self.lines.setdefault(path, line)
            path = (*path, self._members[path])
            self._members[path[:-1]] += 1
        self.lines[path] = line
        return path

    def _resolved(self, key: Path) -> Path:
        """A header's path: inside an array of tables it means the last member."""
        path: Path = ()
        for position, part in enumerate(key, start=1):
            path = (*path, part)
            if position < len(key) and self._members[path]:
                path = (*path, self._members[path] - 1)
        return path

    def _pair(self, table: Path) -> Path:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.at += 1  # the sign of equality
        self._value(path)
        return table

    def _key(self) -> Path:
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            found = _BARE_KEY.match(self.text, self.at)
            if found:
                self.at = found.end()
                parts.append(found[0])
            else:
                parts.append(_ESCAPE.sub(r"\1", self._string()[1:-1]))
            self._skip(_BLANK)
            if self.text[self.at] != ".":
                return tuple(parts)
            self.at += 1

    def _string(self) -> str:
        found = _STRINGS.match(self.text, self.at)
        assert found is not None, "the TOML reader accepted a key or string that cannot be walked"
        self.at = found.end()
        return found[0]

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        match self.text[self.at]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._string()
            case _:
                self._skip(_BARE_VALUE)

    def _array(self, path: Path) -> None:
        self.at += 1
        member = 0
        while self._skip(_SPACE) and self.text[self.at] != "]":
            self.lines[(*path, member)] = self._line()
            self._value((*path, member))
            member += 1
            self._skip_comma()
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip(_SPACE) and self.text[self.at] != "}":
            self._pair(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        self._skip(_SPACE)
        if self.text[self.at] == ",":
            self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return True

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1
