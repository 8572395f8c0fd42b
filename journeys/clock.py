"""The hand on a house's clock: a journey says what time it is there."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """A file that the house reads; give its `setting` to the house when it starts."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self.file = folder / "clock"
        self.set(at)

    @property
    def setting(self) -> dict[str, str]:
        """As the house's environment names it."""
        return {"SCHOOLGATE_DEMO_CLOCK": str(self.file)}

    def set(self, at: datetime) -> None:
        """It is this moment there now, and time goes on; never half a number in the file."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str((at - datetime.now(UTC)).total_seconds()))
        beside.chmod(0o644)
        beside.rename(self.file)
