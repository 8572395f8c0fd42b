"""`make bench ONLY=worries`: what the wording misses, and where it sees what is not there.

The test set (`schoolgate/worries/testset/`) has four parts: what the wording was tuned on; what was
held back, but was known to who wrote the wording; what was learnt from, having been fresh; and what
is fresh, written when the wording stood and never tuned on. Only the fresh shares say anything
about what families will write. Who wrote the wording wrote them, too: families may be missed more
often than they say.
"""

import statistics
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schoolgate.worries.finding import found

FOLDER = Path(__file__).resolve().parents[1] / "schoolgate" / "worries" / "testset"
PARTS = ("tuned", "held", "learnt", "fresh")
ROUNDS = 5
LONG = "It was a long day and he told me about his friends, his lunch and the rain. "


@dataclass(frozen=True)
class Sentence:
    """A sentence, what it is about ("harmless": about nothing), and what was found in it."""

    language: str
    part: str
    about: str
    text: str
    kinds: frozenset[str]

    @property
    def missed(self) -> bool:
        return self.about != "harmless" and self.about not in self.kinds

    @property
    def false_alarm(self) -> bool:
        """Anything in a harmless sentence, and danger in a sentence about something else."""
        return (
            bool(self.kinds) if self.about == "harmless" else "danger" in self.kinds - {self.about}
        )


def sentences() -> Iterator[Sentence]:
    """Every sentence of the test set, read."""
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for part in PARTS:
            for about, texts in data.get(part, {}).items():
                for text in texts:
                    kinds = frozenset(worry.kind.value for worry in found(text))
                    yield Sentence(data["language"], part, about, text, kinds)


def shares(rows: list[Sentence]) -> dict[str, float]:
    """The shares of misses and of false alarms."""
    worrying = [row for row in rows if row.about != "harmless"]
    return {
        "missed_share": round(sum(row.missed for row in worrying) / len(worrying), 3),
        "false_alarm_share": round(sum(row.false_alarm for row in rows) / len(rows), 3),
    }


def measure() -> dict[str, float]:
    """Name each sentence that is read wrongly, by language; then the shares and the speed."""
    rows = list(sentences())
    for language in sorted({row.language for row in rows}):
        _language([row for row in rows if row.language == language])
    figures: dict[str, float] = {"sentences": len(rows)}
    for part in PARTS:
        for name, share in shares([row for row in rows if row.part == part]).items():
            figures[f"{part}_{name}"] = share
    figures["missed_share"] = figures["fresh_missed_share"]
    figures["false_alarm_share"] = figures["fresh_false_alarm_share"]
    return {**figures, "per_s": _speed([row.text for row in rows]), "longest_s": _longest()}


def _language(rows: list[Sentence]) -> None:
    print(f"\n{rows[0].language}")
    for about in sorted({row.about for row in rows}):
        some = [row for row in rows if row.about == about]
        wrong = [row for row in some if row.missed or row.false_alarm]
        print(f"  {about:<11} {len(some):>3} sentences, {len(wrong)} read wrongly")
        for row in wrong:
            what = "missed" if row.missed else f"false alarm ({', '.join(sorted(row.kinds))})"
            print(f"    {row.part}, {what}: {row.text}")


def _speed(texts: list[str]) -> int:
    """Messages a second on one core, each of three sentences: the median of some rounds."""
    messages = [" ".join(texts[at : at + 3]) for at in range(0, len(texts), 3)]
    rates = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for message in messages:
            found(message)
        rates.append(len(messages) / (time.perf_counter() - begun))
    return round(statistics.median(rates))


def _longest() -> float:
    """Seconds for the longest text that is looked at."""
    text = LONG * (60_000 // len(LONG))
    begun = time.perf_counter()
    found(text)
    return round(time.perf_counter() - begun, 2)
