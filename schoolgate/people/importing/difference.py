"""What an import changes, by name, as the office reads it before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass, field

SHOWN = 40


@dataclass
class Part:
    """The difference of one file."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    unchanged: int = 0
    before: int = 0  # how many were here, of whom some may leave


@dataclass
class Difference:
    """The difference of every file, with what somebody has to look at."""

    parts: dict[str, Part] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    ignored: dict[str, list[str]] = field(default_factory=dict)

    def part(self, name: str) -> Part:
        """The part of one file."""
        return self.parts.setdefault(name, Part())

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(
            part.added or part.changed or part.left or part.carried for part in self.parts.values()
        )

    def lines(self) -> Iterator[str]:
        """The difference in words, a line each."""
        for name, part in self.parts.items():
            yield (
                f"{name}: {len(part.added)} added, {len(part.changed)} changed, "
                f"{len(part.left)} left, {part.unchanged} unchanged"
            )
            for sign, names in (("+", part.added), ("~", part.changed), ("-", part.left)):
                yield from _some(sign, names)
            yield from (f"  ! {words}" for words in (*part.carried, *part.kept))
        yield from (f"? {words}" for words in self.asked)
        if self.shared:
            yield "Shared addresses; each signs in nobody until the office has given it to one:"
            yield from _some("@", self.shared)
        for name, columns in self.ignored.items():
            if columns:
                yield f"{name}: these columns are not read and not kept: {', '.join(columns)}"


def _some(sign: str, names: list[str]) -> Iterator[str]:
    yield from (f"  {sign} {name}" for name in names[:SHOWN])
    if len(names) > SHOWN:
        yield f"  {sign} and {len(names) - SHOWN} more"
