"""The books of a house, read past its pages: what was said must stand there once, and rightly.

Read as the owner of the tables, whom row-level security does not hold.
"""

import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from config.machine import place, privileges
from config.machine.postgres import OWNER, Postgres
from journeys.house import House, Outside, wait_until
from schoolgate.response_clock.reckoning import due_times
from schoolgate.school.models import School

STORY = """
SELECT c.public_id AS thread, c.school_id, m.public_id, m.direction, m.at
FROM conversations_conversation c JOIN conversations_message m ON m.conversation_id = c.id
WHERE c.opened_at >= %s ORDER BY c.id, m.at, m.id
"""
PROMISES = """
SELECT subject, school_id, started_at, due_at, first_due_at, stopped_by, withdrawn_at
FROM response_clock_promise WHERE kind = 'reply' AND started_at >= %s ORDER BY started_at, id
"""
# The team's own alerts wait for the school's hours, and are in nobody's story.
PARCELS = """
SELECT p.public_id, p.state, array_remove(array_agg(a.outcome ORDER BY a.id), NULL) AS outcomes
FROM delivery_parcel p JOIN delivery_content c ON c.id = p.content_id
LEFT JOIN delivery_attempt a ON a.parcel_id = p.id
WHERE c.purpose <> 'alert' AND p.channel = 'email' AND p.posted_at >= %s GROUP BY p.id
"""


@dataclass
class Books:
    """A house's rows, and what was said to it since the books were opened."""

    house: House
    outside: Outside
    said: list[str] = field(default_factory=list)
    since: datetime = field(init=False)

    def __post_init__(self) -> None:
        data = place.choose("demo", self.house.data / "house", privileges.service_user())
        self.url = Postgres(Path(data)).url(OWNER)
        self.since = self.rows("SELECT now() AS now")[0]["now"]

    def word(self) -> str:
        """A mark for one message's body, by which it is found again."""
        self.said.append(f"[{secrets.token_hex(6)}]")
        return self.said[-1]

    def thread(self, subject: str) -> str:
        """The address of the one conversation with this subject."""
        (row,) = self.rows(
            "SELECT s.slug, c.public_id FROM conversations_conversation c"
            " JOIN school_school s ON s.id = c.school_id WHERE c.subject = %s",
            subject,
        )
        return f"/{row['slug']}/conversations/{row['public_id']}/"

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Some rows, as the owner sees them."""
        with self.opened() as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[call-overload]  # the text is ours

    @contextmanager
    def opened(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """A connection, once the database is there."""
        connection = wait_until(self._connected, 60, "The database does not come back.")
        with connection:
            yield connection

    def _connected(self) -> psycopg.Connection[dict[str, Any]] | None:
        try:
            return psycopg.connect(self.url, autocommit=True, row_factory=dict_row)
        except psycopg.OperationalError:
            return None

    def check(self, patience: float = 150) -> "Figures":
        """Wait until every email has left, then compare the books with what was said."""
        wait_until(lambda: not self.owed(), patience, str(self.owed()) + self.house.last_words())
        lost = {mark: count for mark, count in self.counts().items() if count != 1}
        assert lost == {}, f"Not once: {lost}"
        self.check_promises()
        return Figures(len(self.said), *self.check_emails())

    def owed(self) -> list[dict[str, Any]]:
        """Emails that have not left yet."""
        return [row for row in self.rows(PARCELS, self.since) if row["state"] != "sent"]

    def counts(self) -> dict[str, int]:
        """How often each mark stands in a message, tray items included."""
        text = "\n".join(
            row["body"]
            for row in self.rows(
                "SELECT body FROM conversations_message WHERE direction <> 'automatic'"
                " UNION ALL SELECT body FROM inbound_trayitem WHERE filed_to_id IS NULL"
            )
        )
        return {mark: text.count(mark) for mark in self.said}

    def check_promises(self) -> None:
        """Each thread is told again, message by message: so must its promises stand there."""
        schools = {row["id"]: row for row in self.rows("SELECT * FROM school_school")}
        told = list(_told_again(self.rows(STORY, self.since)))
        expected = [
            (thread, started, _due(schools[school_id], started), stopped)
            for thread, school_id, started, stopped in told
        ]
        found = [
            (row["subject"], row["started_at"], row["due_at"], row["stopped_by"])
            for row in self.rows(PROMISES, self.since)
        ]
        assert sorted(found, key=str) == sorted(expected, key=str)

    def check_emails(self) -> tuple[int, int]:
        """Each parcel arrived; more than once only where an answer was lost and that is recorded.

        Gives the number of emails and of repeats.
        """
        arrived = Counter(str(one["Message-ID"]) for one in list(self.outside.emails))
        repeats, parcels = 0, self.rows(PARCELS, self.since)
        for row in parcels:
            names = [name for name in arrived if str(row["public_id"]) in name]
            assert len(names) == 1, f"{row} arrived as {names}"
            times, doubts = arrived[names[0]], row["outcomes"].count("in doubt")
            assert row["outcomes"].count("accepted") == 1, row
            assert times <= 1 + doubts, f"{row} arrived {times} times"
            repeats += times - 1
        return len(parcels), repeats


@dataclass(frozen=True)
class Figures:
    """What was counted."""

    messages: int
    emails: int
    repeats_in_doubt: int


def _told_again(story: list[dict[str, Any]]) -> Iterator[tuple[Any, int, datetime, Any]]:
    """The promises that a thread must have had: (thread, school, started, stopped by)."""
    waiting: dict[Any, tuple[int, datetime]] = {}
    for row in story:
        if row["direction"] == "family":
            waiting.setdefault(row["thread"], (row["school_id"], row["at"]))
        elif row["direction"] == "school" and row["thread"] in waiting:
            yield (row["thread"], *waiting.pop(row["thread"]), row["public_id"])
    for thread, (school_id, started) in waiting.items():
        yield thread, school_id, started, None


def _due(row: dict[str, Any], started: datetime) -> datetime | None:
    """What reckoning says, by the school's own settings."""
    rules = School(slug=row["slug"], settings_text=row["settings_text"]).settings
    return due_times(rules.reply_calendar(None), rules.promises, started).reply_due
