"""What a channel is: one method that hands one finished letter over, or says why not."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """One finished letter for one person, as a channel takes it."""

    to: str
    sender: str
    sender_name: str
    reply_to: str
    message_id: str
    answers: str
    thread_id: str
    subject: str
    text: str
    automatic: bool
    domains: tuple[str, ...]


class Channel(Protocol):
    """One way out of the post room."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over and give what the other side said.

        Raises TryLater, Refused or AnswerLost; nothing else leaves a channel.
        """

    def close(self) -> None:
        """Let go of kept connections."""
