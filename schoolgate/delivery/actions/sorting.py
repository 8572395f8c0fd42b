"""Sorting: claim what is due, judge it once more, hand it over, write down what was said.

Rows first, network second, and no transaction is held while waiting for another machine. Outcomes
are written by the claim, with a journal on this machine in between; the words are composed once.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from schoolgate.delivery.actions.claiming import MOST, InHand, claim, claimant, give_back
from schoolgate.delivery.actions.judging import Claim, Judgement, judge
from schoolgate.delivery.actions.owing import owe_what_may_not_leave
from schoolgate.delivery.actions.posting import wake_the_sorter
from schoolgate.delivery.actions.settling import Outcome, end_unentitled, settle
from schoolgate.delivery.actions.subscribing import end_gone
from schoolgate.delivery.actions.warming_up import count, may_go
from schoolgate.delivery.carrying import Lines
from schoolgate.delivery.channel import Letter
from schoolgate.delivery.channels import SORTED, lines_of
from schoolgate.delivery.compose import Composer
from schoolgate.delivery.errors import AnswerLost, DeliveryError, HostDown, NoRoute, TryLater
from schoolgate.delivery.held import parcels_that_wait
from schoolgate.delivery.journal import Journal
from schoolgate.delivery.models import Attempt, Content, Parcel, Priority
from schoolgate.people.judging import judged
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.named_points import reached
from schoolgate.school.tenancy import one_school

logger = logging.getLogger(__name__)
# Seconds. A job gives way to others after a slice; nothing is handed over on a judgement older than
# a round, and while one lasts no rule narrows (see `people.judging`).
SLICE, ROUND = 2.0, 2.0
REST = 10  # seconds until a host that was down, or is given only a few, is tried again


def sort(*, school_id: int, channel: str = Parcel.Channel.EMAIL) -> int:
    """Hand over what is due at one school by one channel, for about two seconds; how many left."""
    try:
        if channel not in SORTED:  # the portal has its messages at once, letters wait for a batch
            return 0
        with claimant() as number:
            return Sorting(school_id, channel, lines_of(channel), number).work()
    except (OperationalError, InterfaceError):
        # What was in hand stands in the journal; the next sweep sets it right.
        logger.exception("The database went away while school %s was sorted.", school_id)
        connection.close()
        return 0


@dataclass
class Sorting:
    """One sorting of one school and channel."""

    school_id: int
    channel: str
    lines: Lines
    claimant: int
    most: int = MOST
    careful: bool = False  # without a journal: one at a time, each settled before the next
    is_down: bool = False
    journal: Journal | None = None
    spent: Journal | None = None  # that the disk took no further
    is_held: bool = False  # by the plan for a host that does not know us yet

    def work(self) -> int:
        """Claim after claim until nothing is due or the slice is over."""
        until, sent = time.monotonic() + SLICE, 0
        with one_school(self.school_id):
            self.composer = Composer(School.objects.get(pk=self.school_id), self.channel)
            if self.channel == Parcel.Channel.EMAIL:
                owe_what_may_not_leave(school=self.composer.school, at=now())
        self.contents: dict[int, Content] = {}
        self._open_journal()
        settled = False
        try:
            while in_hand := self._claim(sent):
                sent += self.one_claim(in_hand)
                if self.is_down or time.monotonic() > until:
                    break
            if in_hand or self.is_held:
                self._wake(REST if self.is_down or self.is_held else 0)
            settled = True
        finally:
            for journal in filter(None, (self.journal, self.spent)):
                journal.close(settled=settled)
        return sent

    def one_claim(self, in_hand: Sequence[InHand]) -> int:
        """Judge a claim, hand it over and settle it; how many left."""
        reached("after claim")
        with judged(self.school_id):
            letters, outcomes = self._letters(in_hand)
            record = Record(self.journal, outcomes, numbered=self.channel != Parcel.Channel.EMAIL)
            try:
                self.lines.carry(letters, record, seconds=ROUND)
            except OSError as refusal:
                logger.warning("The disk takes no journal (%s): one letter at a time.", refusal)
                self._without_a_journal()
        self.is_down = record.is_down
        return self._settle(in_hand, record)

    def _claim(self, sent: int) -> list[InHand]:
        at, most = now(), 1 if self.careful else self.most
        allowed = may_go(at=at) if self.channel == Parcel.Channel.EMAIL else None
        self.is_held = allowed is not None and allowed < most
        found = claim(
            school_id=self.school_id,
            at=at,
            claimant=self.claimant,
            channel=self.channel,
            most=most if not allowed else min(most, allowed),
            up_to=Priority.PERSON if allowed == 0 else Priority.NEWS,
        )
        if not sent and len(found) == MOST:
            self._wake()  # there is more than one sorting's work: another worker may share it
        return found

    def _letters(self, in_hand: Sequence[InHand]) -> tuple[list[Letter], dict[int, Outcome]]:
        """The letters of a claim, and what came of those that can't be written."""
        at, letters, outcomes = now(), [], {}
        with one_school(self.school_id):
            judgements = judge(
                claim=Claim(self.school_id, self.channel, self.claimant),
                parcels=in_hand,
                at=at,
                contents=self.contents,
            )
            # Somebody may have been held back since the claim: what waits is given back untouched.
            for pk in parcels_that_wait([one.id for one in in_hand], at):
                del judgements[pk]
            self.ended = [pk for pk, one in judgements.items() if one.person is None]
            self.ended += [pk for one in judgements.values() for pk in one.lost]
            end_unentitled(parcels=self.ended, at=at)
            for one in in_hand:
                if one.id not in judgements:
                    continue
                try:
                    letters += self._letter(one, judgements[one.id])
                except DeliveryError as refusal:
                    outcomes[one.id] = _outcome(at, refusal)
        return letters, outcomes

    def _letter(self, parcel: InHand, judgement: Judgement) -> list[Letter]:
        """The letter of one parcel, or none. Raises NoRoute, and TryLater for a mistake of ours."""
        person = judgement.person
        if person is None:
            return []
        if not person.to:
            raise NoRoute
        try:
            return [
                self.composer.letter(
                    number=parcel.id,
                    key=str(parcel.public_id),
                    content=judgement.content,
                    person=person,
                )
            ]
        except (OperationalError, InterfaceError):
            raise
        except Exception as failure:
            # One letter that can't be written must not hold up the others.
            logger.exception("Parcel %s could not be written.", parcel.public_id)
            raise TryLater(type(failure).__name__) from failure

    def _settle(self, in_hand: Sequence[InHand], record: "Record") -> int:
        """Write what came of a claim; what was not begun waits as before."""
        at = now()
        with one_school(self.school_id):
            sent = settle(
                school_id=self.school_id,
                outcomes=record.outcomes,
                claimant=self.claimant,
                at=at,
                repeats_in_doubt=self.lines.channel.repeats_in_doubt,
            )
            if self.channel == Parcel.Channel.PUSH:
                end_gone(said=[one.said for one in record.outcomes.values()], at=at)
            over = {*record.outcomes, *self.ended}
            left = [one.id for one in in_hand if one.id not in over]
            give_back(school_id=self.school_id, parcels=left, claimant=self.claimant)
            if self.channel == Parcel.Channel.EMAIL:
                count(sent=sent, at=at)
            reached("before commit")
        if self.journal:
            self.journal.settled()
        if left:
            # What a round could not take is not claimed again by the next one.
            self.most = max(20, len(in_hand) - len(left))
        return sent

    def _open_journal(self) -> None:
        try:
            self.journal = Journal(self.claimant)
        except OSError as refusal:
            logger.warning("The disk takes no journal (%s): one letter at a time.", refusal)
            self._without_a_journal()

    def _without_a_journal(self) -> None:
        """What stands in it is settled by this claim; it is let go of when the sorting ends."""
        self.spent, self.journal, self.careful = self.journal, None, True

    def _wake(self, seconds: int = 0) -> None:
        with one_school(self.school_id):
            wake_the_sorter(School(pk=self.school_id), channel=self.channel, after=seconds)


class Record:
    """What a line tells of the letters of one claim, kept here and in the journal."""

    def __init__(
        self, journal: Journal | None, outcomes: dict[int, Outcome], *, numbered: bool = False
    ) -> None:
        self.journal, self.outcomes, self.numbered = journal, outcomes, numbered
        self.begun_at: dict[int, float] = {}
        self.is_down = False

    def begun(self, letter: Letter) -> None:
        """From now on it may arrive. Raises OSError where the journal can't be written."""
        at = time.time()
        if self.journal:
            self.journal.begun(letter.number, at)
        self.begun_at[letter.number] = at
        reached("before sending")

    def answered(self, letter: Letter, said: str) -> None:
        """The other side has it."""
        reached("after DATA")
        self._end(letter, Attempt.Outcome.ACCEPTED, said, to=letter.shown_to or letter.to)

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """It was not taken, or the answer was lost; a host that is down has not tried it."""
        if isinstance(why, HostDown):
            self.is_down = True
        self._end(letter, _how(why), str(why), to=letter.to)

    def _end(self, letter: Letter, how: Attempt.Outcome, said: str, to: str = "") -> None:
        at = time.time()
        begun = self.begun_at.get(letter.number, at)
        self.outcomes[letter.number] = Outcome(
            begun_at=begun,
            ended_at=at,
            how=how,
            said=said,
            to=to,
            # What a provider answers is its own number for the message.
            reference=said if self.numbered and how == Attempt.Outcome.ACCEPTED else "",
        )
        if self.journal and letter.number in self.begun_at:
            self.journal.ended(letter.number, at, how, said)


def _outcome(at: datetime, refusal: DeliveryError) -> Outcome:
    return Outcome(
        begun_at=at.timestamp(), ended_at=at.timestamp(), how=_how(refusal), said=str(refusal)
    )


def _how(refusal: DeliveryError) -> Attempt.Outcome:
    if isinstance(refusal, AnswerLost):
        return Attempt.Outcome.IN_DOUBT
    return Attempt.Outcome.PERMANENT if refusal.permanent else Attempt.Outcome.TEMPORARY
