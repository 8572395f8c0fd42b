"""What is shown before sending: how many by which way, who not and why, the cost, how it reads.

The very rule and the very composing of the sending itself, with all of it taken back afterwards.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from schoolgate.announcements import access
from schoolgate.announcements.audience import (
    Recipient,
    is_rung_about,
    pupils_in,
    recipients_of,
    way_of,
)
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.queries import Before, sent_before
from schoolgate.announcements.texts import Text, cheaper, cost_pence, measure
from schoolgate.announcements.wording import content_of, in_words
from schoolgate.delivery.compose import Composer, Person, wants_large_print
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.reach import EVERY, USUAL
from schoolgate.people.access import Who
from schoolgate.people.entitlement import links_at
from schoolgate.people.letters import plain
from schoolgate.people.models import Carer, Pupil

MOST_NAMES = 200
SCHOOLS_OWN = "en"  # the language of what stands in the announcement itself
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

    words: str
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
    """All that is shown before somebody presses send; names only of families whom one may see."""

    people: int = 0
    reached: int = 0
    rings: bool = False
    children: int = 0
    rows: Sequence[Row] = ()
    unreached: Sequence[NotReached] = ()
    more_unreached: int = 0
    kept_out: Sequence[Carer] = ()
    cost: TextCost | None = None
    before: Sequence[Before] = ()
    advice: Sequence[str] = ()
    carers: Sequence[Carer] = ()
    more_carers: bool = False
    chosen: Carer | None = None
    because: Sequence[str] = ()
    shown: Sequence[Shown] = field(default_factory=list)


def preview(announcement: Announcement, who: Who, chosen: str = "") -> Preview:
    """What would happen if it were published now; `chosen` is a carer's public id, or a name."""
    people, seen = recipients_of(announcement, who.at), access.children_seen(who)
    lost = [one for one in people if one.reach.unreached]
    made = Preview(
        people=len(people),
        reached=len(people) - len(lost),
        rings=is_rung_about(announcement),
        children=len({child for one in people for child in one.children}),
        rows=_rows(people),
        cost=_cost(announcement, people, who.at),
        before=sent_before(announcement, [one.carer for one in people], who.at),
        advice=_advice(announcement, who.at),
        kept_out=_kept_out(announcement, people, seen, who.at),
    )
    _name(made, [_narrowed(one, seen) for one in people if _is_seen(one, seen)], chosen)
    made.more_unreached = len(lost) - len(made.unreached)
    mine = next((one for one in people if made.chosen and one.carer == made.chosen.pk), None)
    if made.chosen and mine:
        own = _narrowed(mine, seen)
        made.shown = _as_read(announcement, made.chosen, own, who.at)
        made.because = _because(made.chosen, own, who.at)
    return made


def _is_seen(one: Recipient, seen: frozenset[int] | None) -> bool:
    return seen is None or not seen.isdisjoint(one.children)


def _narrowed(one: Recipient, seen: frozenset[int] | None) -> Recipient:
    """The same person with those of the children whom the reader of this page may see."""
    if seen is None:
        return one
    return replace(one, children=tuple(child for child in one.children if child in seen))


def _name(made: Preview, people: Sequence[Recipient], chosen: str) -> None:
    """Put in who they are: whom nothing reaches, and who can be chosen to see it as they will."""
    names = Carer.objects.in_bulk([one.carer for one in people])
    by_name = sorted(names.values(), key=lambda one: plain(str(one)))
    made.unreached = [
        NotReached(names[one.carer], in_words(one.reach.unreached))
        for one in people
        if one.reach.unreached and one.carer in names
    ][:MOST_NAMES]
    made.carers, made.more_carers = by_name[:MOST_NAMES], len(by_name) > MOST_NAMES
    made.chosen = _chosen(by_name, chosen.strip().casefold())


def _kept_out(
    announcement: Announcement,
    people: Iterable[Recipient],
    seen: frozenset[int] | None,
    at: datetime,
) -> list[Carer]:
    """Adults in these children's lives who do not get it; why stands on their own page (T1)."""
    if announcement.corrects_id is not None:
        return []
    pupils = pupils_in(announcement, at)
    if seen is not None:
        pupils = pupils.filter(pk__in=seen)
    links = links_at(at).filter(pupil__in=pupils.order_by().values("pk"))
    others = links.exclude(carer__in=[one.carer for one in people])
    return list(
        Carer.objects.filter(pk__in=others.values("carer")).order_by("sorted_by")[:MOST_NAMES]
    )


def _because(carer: Carer, mine: Recipient, at: datetime) -> list[str]:
    """Who they are to each child, which is why they may receive it (threat T1)."""
    links = links_at(at).filter(carer=carer, pupil__in=mine.children).select_related("pupil")
    return [
        _("{relationship} of {child}").format(
            relationship=link.relationship, child=link.pupil.called
        )
        for link in links.order_by("pupil__sorted_by")
    ]


def _rows(people: Iterable[Recipient]) -> list[Row]:
    counted = Counter(channel for one in people for channel in one.reach.channels)
    return [
        Row(channel, in_words(channel), counted[channel])
        for channel in CHANNELS
        if counted[channel]
    ]


def _chosen(by_name: Sequence[Carer], chosen: str) -> Carer | None:
    """Who was chosen by number or by name, else the first."""
    found = (
        one
        for one in by_name
        if chosen and (str(one.public_id) == chosen or chosen in one.name.casefold())
    )
    return next(found, None) or next(iter(by_name), None)


def _cost(announcement: Announcement, people: Iterable[Recipient], at: datetime) -> TextCost | None:
    """What the texts cost, each language counted by itself; nothing where none may go."""
    if Channel.SMS not in way_of(announcement).allowed:
        return None
    to = _by_language([one.carer for one in people if Channel.SMS in one.reach.channels])
    texts = _texts(announcement, {SCHOOLS_OWN, *to}, at)
    words = texts[SCHOOLS_OWN]
    text = measure(words)
    price = announcement.school.settings.sending.text_price_pence
    instead = tuple((one, cheaper(one)) for one in text.dear if cheaper(one) != one)
    parts = {language: measure(one).parts for language, one in texts.items()}
    whole = sum(parts[language] * people for language, people in to.items())
    pence = cost_pence(parts=whole, people=1, price=price)
    return TextCost(words, text, whole, pence, instead)


def _by_language(carers: Sequence[int]) -> Mapping[str, int]:
    rows = Carer.objects.filter(pk__in=carers).order_by().values_list("language")
    return dict(rows.annotate(people=Count("pk")))


def _texts(announcement: Announcement, languages: Iterable[str], at: datetime) -> dict[str, str]:
    """The text as it leaves, in each language; composed by the post room, and nothing is kept."""
    with transaction.atomic():
        content = content_of(announcement, at)
        composer = Composer(announcement.school, Channel.SMS)
        texts = {}
        for language in languages:
            somebody = Person(to="preview", carer=0, greeting="", language=language)
            letter = composer.letter(number=0, key="preview", content=content, person=somebody)
            texts[language] = letter.filled(letter.words.text)
        transaction.set_rollback(True)
    return texts


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
        large_print=wants_large_print(carer.needs),
        children=tuple(child.called for child in children),
    )
    ways = mine.reach.channels or (Channel.PORTAL,)
    with transaction.atomic():
        content = content_of(announcement, at)
        shown = [_by(channel, announcement, content, person) for channel in ways]
        transaction.set_rollback(True)
    return shown


def _by(channel: str, announcement: Announcement, content: Content, person: Person) -> Shown:
    """As the post room would compose it for this channel."""
    composer = Composer(announcement.school, channel)
    if channel == Channel.VOICE:
        return Shown(channel, in_words(channel), "", composer.script(content, person).message)
    by_email = Composer(announcement.school) if channel == Channel.PORTAL else composer
    letter = by_email.letter(number=0, key="preview", content=content, person=person)
    subject = "" if channel == Channel.SMS else letter.words.subject
    return Shown(channel, in_words(channel), subject, letter.filled(letter.words.text))
