"""A scripted channel, and one sorting with it."""

from collections.abc import Callable

from schoolgate.delivery.actions.claiming import claimant
from schoolgate.delivery.actions.sorting import Sorting
from schoolgate.delivery.carrying import Lines
from schoolgate.delivery.channel import Channel, Letter, OneByOne
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.envelopes import to_one_person
from schoolgate.school.tenancy import see


class Post(OneByOne):
    """A channel that is scripted: what it says to each letter, and what it was given."""

    most_lines = 1
    repeats_in_doubt = True

    def __init__(
        self, *says: Exception | str, before: Callable[[Letter], None] | None = None
    ) -> None:
        self.says, self.before = list(says), before
        self.letters: list[Letter] = []

    def open(self) -> "Post":
        """It is its own line."""
        return self

    def send(self, letter: Letter) -> str:
        """Answer with the next word of the script, else with 250."""
        if self.before:
            self.before(letter)
        if letter.words.domains:  # an email
            to_one_person(as_bytes(letter), [letter.to])
        self.letters.append(letter)
        said = self.says.pop(0) if self.says else "250 taken"
        if isinstance(said, Exception):
            raise said
        return said


def sort_once(cast: Cast, post: Channel, channel: str = "email") -> int:
    """One sorting with a scripted channel; how many left."""
    with claimant() as number:
        sent = Sorting(cast.school.pk, channel, Lines(post), number).work()
    see(school_id=cast.school.pk)
    return sent
