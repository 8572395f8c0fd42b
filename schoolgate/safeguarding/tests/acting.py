"""What the tests of this room do again and again, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from schoolgate.conversations.tests.acting import who
from schoolgate.delivery.channel import Letter
from schoolgate.delivery.tests.posting import Post
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.raising import About, raise_concern
from schoolgate.safeguarding.actions.reading import note_reading
from schoolgate.safeguarding.actions.recording import Hand
from schoolgate.safeguarding.actions.ringing import ring
from schoolgate.safeguarding.models import Concern
from schoolgate.safeguarding.standing import record_of
from schoolgate.safeguarding.states import State
from schoolgate.school.tenancy import see

WORDS = "He said that he is afraid to go home."
EVERYBODY = ("ewa", "piotr", "nina", "priya", "lena", "dee", "joan", "tom", "ruth", "helen", "sam",
             "grace")  # fmt: skip


def as_person(cast: Cast, key: str) -> None:
    """From here on the transaction is somebody's."""
    see(school_id=cast.school.pk, user_id=cast.user_id(key))


@contextmanager
def seen_by(cast: Cast, key: str) -> Iterator[None]:
    """For a while somebody's, then nobody's."""
    as_person(cast, key)
    yield
    see(school_id=cast.school.pk)


def raises(cast: Cast, key: str, at: datetime, **about: object) -> Concern:
    """Somebody raises a concern about Kuba; the transaction stays theirs."""
    as_person(cast, key)
    return raise_concern(
        who=who(cast, key, at),
        words=WORDS,
        at=at,
        about=About(pupil=cast.children["kuba"], **about),  # type: ignore[arg-type]
    )


def reads(cast: Cast, key: str, concern: Concern, at: datetime) -> None:
    """Somebody opens a concern; the transaction stays theirs."""
    as_person(cast, key)
    note_reading(who=who(cast, key, at), record=record_of(concern), at=at)


def hand(cast: Cast, key: str, concern: Concern, at: datetime) -> Hand:
    """Somebody's hand on a concern; the transaction stays theirs."""
    as_person(cast, key)
    return Hand(who(cast, key, at), concern, at)


def state(cast: Cast, key: str, concern: Concern) -> State:
    """Where somebody sees a concern stand."""
    as_person(cast, key)
    return record_of(concern).state


def told(cast: Cast, concern: Concern) -> set[str]:
    """Who is called to look at a concern that nobody has read, by key."""
    see(school_id=cast.school.pk)
    keys = {member.pk: key for key, member in cast.team.items()}
    found = [one for one in asked.unread() if one.concern == concern.pk]
    return {keys[pk] for one in found for pk in one.told}


def rings(cast: Cast, at: datetime, post: Post | None = None) -> list[Letter]:
    """The job that rings comes round once; what it handed over."""
    post = post or Post()
    before = len(post.letters)
    ring(school=cast.school, at=at, channel=post)
    see(school_id=cast.school.pk)
    return post.letters[before:]
