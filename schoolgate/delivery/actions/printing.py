"""Printing: one PDF of all letters that wait, and the word that they have been posted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.claiming import InHand
from schoolgate.delivery.actions.judging import Judgement, Those, judge
from schoolgate.delivery.actions.settling import end_unentitled, settle_failure
from schoolgate.delivery.channel import Letter
from schoolgate.delivery.channels.letter.channel import LetterChannel
from schoolgate.delivery.channels.letter.typesetting import Printed, typeset
from schoolgate.delivery.compose import Composer, Person
from schoolgate.delivery.errors import DeliveryError, NothingToPrint
from schoolgate.delivery.held import parcels_that_wait, that_may_go
from schoolgate.delivery.models import Attempt, Content, LetterBatch, Parcel
from schoolgate.delivery.outcomes import News, on_arrival
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.judging import judged_here
from schoolgate.people.models import Carer
from schoolgate.people.queries import Home, homes_of
from schoolgate.school import files
from schoolgate.school.models import School

MOST = 500  # parcels in a batch


@dataclass(frozen=True, slots=True)
class _For:
    """Who gets a letter together: one home, one content, the same children, form and language."""

    home: int
    content: int
    children: tuple[str, ...]
    language: str
    large_print: bool


@transaction.atomic
def make_batch(*, actor: Actor, school: School, at: datetime) -> LetterBatch:
    """Typeset what waits and may be had at this moment (UTC). Raises NothingToPrint."""
    judged_here(school.pk)
    rows = Parcel.objects.select_for_update(of=("self",)).filter(
        school=school,
        channel=Parcel.Channel.LETTER,
        state=Parcel.State.WAITING,
        next_try_at__lte=at,
        carer__isnull=False,
    )
    waiting = list(that_may_go(rows, at).order_by("priority", "pk")[:MOST])
    judgements = judge_letters(school, waiting, at)
    end_unentitled(parcels=[pk for pk, one in judgements.items() if one.person is None], at=at)
    entitled = [one for one in waiting if judgements[one.pk].person is not None]
    job, laid_out = lay_out(school, entitled, judgements)
    if not laid_out:
        raise NothingToPrint
    title = _("Letters of {school}").format(school=school.name)
    made = typeset(list(job.job.values()), title=title, school=school.name)
    printed = _without(made, laid_out, at)
    if not made.pdf:
        raise NothingToPrint
    batch = LetterBatch.objects.create(
        school=school,
        made_at=at,
        made_by=actor.name,
        letters=len(job.job) - len(made.left_out),
        pdf=files.keep(school=school, content=made.pdf),
    )
    Parcel.objects.filter(pk__in=printed).update(state=Parcel.State.PRINTED, batch=batch)
    _record(actor, "printed letters", batch, at)
    return batch


@transaction.atomic
def mark_posted(*, actor: Actor, batch: LetterBatch, at: datetime) -> LetterBatch:
    """Record that a batch lies in the letter box (UTC); a second time changes nothing.

    Letters that somebody may not have any more were to be taken out: `to_take_out` names them. Of
    these, what waits for somebody who is held back is printed again later.
    """
    batch = LetterBatch.objects.select_for_update().select_related("school").get(pk=batch.pk)
    if batch.posted_at is not None:
        return batch
    waits = parcels_that_wait([one.pk for one in _of(batch)], at)
    Parcel.objects.filter(pk__in=waits).update(state=Parcel.State.WAITING, batch=None)
    parcels = _of(batch)
    judgements = judge_letters(batch.school, parcels, at)
    end_unentitled(parcels=[pk for pk, one in judgements.items() if one.person is None], at=at)
    sent = [one for one in parcels if judgements[one.pk].person is not None]
    for parcel in sent:
        parcel.state, parcel.ended_at, parcel.sent_to = Parcel.State.SENT, at, _("by post")
        parcel.reference = str(batch.public_id)
    Parcel.objects.bulk_update(sent, ["state", "ended_at", "sent_to", "reference"])
    Attempt.objects.bulk_create(
        Attempt(
            school_id=batch.school_id,
            parcel=parcel,
            begun_at=batch.made_at,
            ended_at=at,
            outcome=Attempt.Outcome.ACCEPTED,
        )
        for parcel in sent
    )
    batch.posted_at, batch.posted_by = at, actor.name
    batch.save(update_fields=["posted_at", "posted_by"])
    _record(actor, "posted letters", batch, at)
    if sent:
        on_arrival.tell(News(parcels=sent, at=at))
    return batch


def to_take_out(batch: LetterBatch, at: datetime) -> list[str]:
    """Whose letters may not be posted any more (UTC; threat T1)."""
    if batch.posted_at is not None:
        return []
    parcels = _of(batch)
    judgements = judge_letters(batch.school, parcels, at)
    waits = parcels_that_wait([one.pk for one in parcels], at)
    return sorted(
        {
            parcel.carer.name
            for parcel in parcels
            if parcel.carer is not None
            and (parcel.pk in waits or judgements[parcel.pk].person is None)
        }
    )


def _without(made: Printed, printed: Mapping[str, list[int]], at: datetime) -> list[int]:
    """The parcels that are on paper; those in a script that is not here have failed."""
    failed = [pk for key in made.left_out for pk in printed[key]]
    settle_failure(
        parcels=list(Parcel.objects.select_related("content", "school").filter(pk__in=failed)),
        at=at,
        state=Parcel.State.FAILED,
        because=_("This computer has no font for the language of this letter."),
    )
    return [pk for key, pks in printed.items() if key not in made.left_out for pk in pks]


def _of(batch: LetterBatch) -> list[Parcel]:
    printed = Parcel.objects.filter(batch=batch, state=Parcel.State.PRINTED)
    return list(printed.select_related("content", "carer", "school").order_by("pk"))


def judge_letters(school: School, parcels: Sequence[Parcel], at: datetime) -> dict[int, Judgement]:
    contents: dict[int, Content] = {}
    pks = tuple(one.pk for one in parcels)
    if not pks:
        return {}
    return judge(
        claim=Those(school.pk, Parcel.Channel.LETTER, pks),
        parcels=[InHand.of(one) for one in parcels],
        at=at,
        contents=contents,
    )


def lay_out(
    school: School, parcels: Sequence[Parcel], judgements: Mapping[int, Judgement]
) -> tuple[LetterChannel, dict[str, list[int]]]:
    """The print job, and by its letters' keys the parcels that are in it."""
    homes = homes_of([one.carer_id for one in parcels if one.carer_id])
    together: dict[_For, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        together[_for(parcel, judgements[parcel.pk], homes)].append(parcel)
    composer, job = Composer(school, Parcel.Channel.LETTER), LetterChannel()
    names = dict(Carer.objects.in_bulk([one.carer_id for one in parcels if one.carer_id]))
    told = _Laid()
    for group in together.values():
        people = [names[one.carer_id] for one in group if one.carer_id]
        judgement = judgements[group[0].pk]
        letter = _letter(composer, group[0], judgement, people, homes.get(people[0].pk))
        job.hand_over([letter], told)
        if letter.key in told.taken:
            told.parcels[letter.key] = [one.pk for one in group]
    return job, told.parcels


class _Laid:
    """What the print job took."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.parcels: dict[str, list[int]] = {}

    def begun(self, letter: Letter) -> None:
        """Nothing leaves before it is posted."""

    def answered(self, letter: Letter, said: str) -> None:
        """It lies in the job."""
        self.taken.add(letter.key)

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """It goes on waiting; the office's page counts it."""


def _for(parcel: Parcel, judgement: Judgement, homes: Mapping[int, Home]) -> _For:
    person = judgement.person
    assert person is not None and parcel.carer_id is not None  # only the entitled come here
    home = homes.get(parcel.carer_id)
    return _For(
        # Without a home everybody has a letter of their own.
        home=home.household if home else -parcel.carer_id,
        content=parcel.content_id,
        children=person.children,
        language=person.language,
        large_print=person.large_print,
    )


def _letter(
    composer: Composer,
    parcel: Parcel,
    judgement: Judgement,
    people: Sequence[Carer],
    home: Home | None,
) -> Letter:
    person: Person | None = judgement.person
    assert person is not None  # only the entitled come here
    names = _(" and ").join(one.name for one in people)
    lines = [names, *home.address] if home and home.address else [_("To be handed over:"), names]
    greeting = _(" and ").join(one.greeting for one in people)
    return composer.letter(
        number=parcel.pk,
        key=str(parcel.public_id),
        content=judgement.content,
        person=replace(person, to="\n".join(lines), greeting=greeting),
    )


def _record(actor: Actor, verb: str, batch: LetterBatch, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        school_id=batch.school_id,
        about=("letter batch", batch.public_id),
        at=at,
        letters=batch.letters,
    )
