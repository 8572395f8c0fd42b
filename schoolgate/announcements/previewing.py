"""What is shown before sending: how many by which way, who not and why, the cost, how it reads.

The very rule and the very composing of the sending itself, with all of it taken back afterwards.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolgate.announcements.audience import Recipient, pupils_in, recipients_of, way_of
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.queries import Before, sent_before
from schoolgate.announcements.texts import Text, cheaper, cost_pence, measure
from schoolgate.announcements.wording import content_of, in_words, text_message
from schoolgate.delivery.compose import LARGE_PRINT, Composer, Person
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.reach import EVERY, USUAL
from schoolgate.people.models import Carer, Pupil

MOST_NAMES = 200
Channel = Parcel.Channel
CHANNELS = (*dict.fromkeys((*USUAL, *EVERY)),)


@dataclass(frozen=True)
class Row:
    """One way, and how many people it reaches."""

    channel: str
    name: str
    people: int


@dataclass(frozen=True)
class NotReached:
    """Somebody to whom nothing leaves, and why; it stands in their portal all the same."""

    carer: Carer
    why: str


@dataclass(frozen=True)
class TextCost:
    """What the texts cost, and what would make them cheaper."""

    text: Text
    texts: int
    pence: float | None
    instead: tuple[tuple[str, str], ...]

    @property
    def pounds(self) -> str:
        """The cost in pounds."""
        return f"{(self.pence or 0) / 100:.2f}"


@dataclass(frozen=True)
class Shown:
    """How it reads for one person by one way."""

    channel: str
    name: str
    subject: str
    text: str


@dataclass
class Preview:
    """All that is shown before somebody presses send."""

    people: int = 0
    children: int = 0
    reached: int = 0
    rows: Sequence[Row] = ()
    unreached: Sequence[NotReached] = ()
    more_unreached: int = 0
    cost: TextCost | None = None
    before: Sequence[Before] = ()
    advice: Sequence[str] = ()
    carers: Sequence[Carer] = ()
    chosen: Carer | None = None
    shown: Sequence[Shown] = field(default_factory=list)


def preview(announcement: Announcement, at: datetime, chosen: str = "") -> Preview:
    """What would happen if it were published now (UTC); `chosen` is a carer's public id."""
    people = recipients_of(announcement, at)
    names = _carers(one.carer for one in people)
    lost = [one for one in people if one.reach.unreached]
    carer = _chosen(names, chosen)
    mine = next((one for one in people if carer and one.carer == carer.pk), None)
    return Preview(
        people=len(people),
        children=len({child for one in people for child in one.children}),
        reached=len(people) - len(lost),
        rows=_rows(people),
        unreached=[
            NotReached(names[one.carer], in_words(one.reach.unreached or ""))
            for one in lost[:MOST_NAMES]
            if one.carer in names
        ],
        more_unreached=max(0, len(lost) - MOST_NAMES),
        cost=_cost(announcement, people),
        before=sent_before(announcement, [one.carer for one in people], at),
        advice=_advice(announcement, at),
        carers=sorted(names.values(), key=str)[:MOST_NAMES],
        chosen=carer,
        shown=_as_read(announcement, carer, mine, at) if carer and mine else [],
    )


def _rows(people: Iterable[Recipient]) -> list[Row]:
    counted = Counter(channel for one in people for channel in one.reach.channels)
    return [
        Row(channel, in_words(channel), counted[channel])
        for channel in CHANNELS
        if counted[channel]
    ]


def _carers(numbers: Iterable[int]) -> dict[int, Carer]:
    return Carer.objects.in_bulk(list(numbers))


def _chosen(names: dict[int, Carer], chosen: str) -> Carer | None:
    """Who was chosen, else the first by name."""
    by_name = sorted(names.values(), key=str)
    return next((one for one in by_name if str(one.public_id) == chosen), None) or next(
        iter(by_name), None
    )


def _cost(announcement: Announcement, people: Iterable[Recipient]) -> TextCost | None:
    """What the texts cost; nothing where none may go."""
    if Channel.SMS not in way_of(announcement).allowed:
        return None
    words = text_message(announcement)
    text = measure(words)
    to = sum(Channel.SMS in one.reach.channels for one in people)
    price = announcement.school.settings.sending.text_price_pence
    instead = tuple((one, cheaper(one)) for one in text.dear if cheaper(one) != one)
    pence = cost_pence(parts=text.parts, people=to, price=price)
    return TextCost(text, text.parts * to, pence, instead)


def _advice(announcement: Announcement, at: datetime) -> list[str]:
    """A child's name in the subject shows on locked screens; advice, and no stop (2.1-M2c)."""
    words = {word.strip(".,:;!?’'\"()") for word in announcement.subject.split()}
    found = sorted(words & _names(pupils_in(announcement, at)))
    return [
        _("“{name}” is a child’s name. A subject is read on locked screens.").format(name=name)
        for name in found
    ]


def _names(pupils: QuerySet[Pupil]) -> set[str]:
    rows = pupils.values_list("first_name", "known_as")
    return {name for pair in rows for name in pair if name}


def _as_read(
    announcement: Announcement, carer: Carer, mine: Recipient, at: datetime
) -> list[Shown]:
    """The message as one person gets it by each of their ways."""
    children = Pupil.objects.filter(pk__in=mine.children)
    person = Person(
        to="preview@example.org",
        carer=carer.pk,
        greeting=carer.greeting,
        language=carer.language,
        large_print=LARGE_PRINT in carer.needs,
        children=tuple(child.called for child in children),
    )
    ways = mine.reach.channels or (Channel.PORTAL,)
    with transaction.atomic():
        content = content_of(announcement, at)
        shown = [_by(channel, announcement, content, person) for channel in ways]
        transaction.set_rollback(True)
    return shown


def _by(channel: str, announcement: Announcement, content: Content, person: Person) -> Shown:
    composer = Composer(announcement.school)
    if channel in {Channel.SMS, Channel.VOICE}:
        return Shown(channel, in_words(channel), "", text_message(announcement))
    if channel == Channel.PUSH:
        words = _("You have a message from {school}").format(school=announcement.school.name)
        return Shown(channel, in_words(channel), words, "")
    letter = composer.letter(number=0, key="preview", content=content, person=person)
    text = letter.filled(letter.words.text)
    return Shown(channel, in_words(channel), letter.words.subject, text)
