"""Ringing: what waits is handed over, what stays unread climbs, every ten seconds at every school.

One job, whether or not there is anything, and rows of this room alone: no public count, no parcel
and no job tells that there is a concern. The claim is committed before the network; a claim whose
process died is repeated once, as in doubt.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.delivery.carrying import Lines
from schoolgate.delivery.channel import Channel, Letter, Words
from schoolgate.delivery.channels import SORTED
from schoolgate.delivery.errors import AnswerLost, DeliveryError
from schoolgate.people.queries import working_members
from schoolgate.safeguarding import asked
from schoolgate.safeguarding.actions.transferring import call_for_files
from schoolgate.safeguarding.actions.watching_rota import watch_rota
from schoolgate.safeguarding.models import Alert
from schoolgate.safeguarding.readers import next_called
from schoolgate.school.models import School
from schoolgate.school.named_points import reached
from schoolgate.school.tenancy import one_school

logger = logging.getLogger(__name__)
MOST, SECONDS = 50, 8.0
LONGEST_WAIT = 5  # minutes until the next try, for as long as a mail host is down


def ring(*, school: School, at: datetime, channel: Channel | None = None) -> int:
    """Climb with what is unread, look at the rota, hand over what is due; how many left (UTC).

    Opens its own transactions; `channel` is the email channel of this installation if not given.
    What fails in one part holds up no other, and is raised at the end.
    """
    failures = _look_round(school, at)
    sent = _hand_over(school, at, channel)
    if failures:
        raise ExceptionGroup("Looking round for safeguarding has failed.", failures)
    return sent


def _look_round(school: School, at: datetime) -> list[Exception]:
    failures: list[Exception] = []
    for verb in (climb, watch_rota, call_for_files):
        try:
            with one_school(school.pk, at=at):
                verb(school=school, at=at)
        except Exception as failure:
            logger.exception("A part of ringing has failed at %s.", school.slug)
            failures.append(failure)
    return failures


def _hand_over(school: School, at: datetime, channel: Channel | None) -> int:
    with one_school(school.pk, at=at):
        claimed = asked.claim(at=at, most=MOST)
        letters = _letters(school, claimed, at)
    log = _Log({one.id for one in claimed} - {one.number for one in letters})
    if claimed:
        reached("after claim")
        lines = Lines(channel or SORTED["email"]())
        try:
            lines.carry(letters, log, seconds=SECONDS)
        finally:
            lines.close()
        _settle(school, claimed, log, at)
    return len(log.sent)


def climb(*, school: School, at: datetime) -> int:
    """Call the next people for what nobody has read; each step once, whatever is restarted (UTC).

    Returns how many were called. Runs in the open transaction.
    """
    return sum(
        asked.call(concern=one.concern, step=step, members=members, at=at)
        for one in asked.unread()
        for step, members in next_called(school, one, at).items()
    )


class _Log:
    """What the line told of each alert."""

    def __init__(self, unwritten: set[int]) -> None:
        self.unwritten = unwritten
        self.sent: set[int] = set()
        self.refused_for: dict[int, DeliveryError] = {}

    def begun(self, letter: Letter) -> None:
        """The claim is committed: nothing more to write before it leaves."""

    def answered(self, letter: Letter, said: str) -> None:
        """The other side has it."""
        self.sent.add(letter.number)

    def refused(self, letter: Letter, why: DeliveryError) -> None:
        """It was not taken, for now or for good."""
        self.refused_for[letter.number] = why


def _settle(school: School, claimed: list[asked.InHand], log: _Log, at: datetime) -> None:
    with one_school(school.pk, at=at):
        for one in claimed:
            state, again = _outcome(one, log, at)
            asked.settle(alert=one.id, state=state, at=at, again=again)


def _outcome(one: asked.InHand, log: _Log, at: datetime) -> tuple[str, datetime | None]:
    """Sent, failed for good, or when it is tried again; an answer that was lost is asked once."""
    why = log.refused_for.get(one.id)
    if one.id in log.sent:
        return Alert.State.SENT, None
    if one.id in log.unwritten:
        return Alert.State.NO_ROUTE, None
    if why is None:  # the time was over before its turn came
        return Alert.State.WAITING, at
    if why.permanent or (isinstance(why, AnswerLost) and one.tries > 1):
        return Alert.State.FAILED, None
    return Alert.State.WAITING, at + timedelta(minutes=min(one.tries, LONGEST_WAIT))


def _letters(school: School, claimed: list[asked.InHand], at: datetime) -> list[Letter]:
    """One letter for each claim whose member still has access and an address."""
    members = [one.member for one in claimed]
    addresses = dict(
        working_members(at).filter(pk__in=members).exclude(email="").values_list("pk", "email")
    )
    words = {on_call: _words(school, on_call=on_call) for on_call in (True, False)}
    return [
        Letter(
            number=one.id,
            key=str(one.public_id),
            to=addresses[one.member],
            words=words[one.step == Alert.Step.ON_CALL],
            reply_to=school.inbound_address,
        )
        for one in claimed
        if one.member in addresses
    ]


def _words(school: School, *, on_call: bool) -> Words:
    """No more than that there is something to open (threat T4)."""
    rules = school.settings
    page = f"{settings.PUBLIC_ADDRESS}/{school.slug}/sealed/"
    text = _("Something is waiting for you at {school}. Please sign in now:\n{page}\n").format(
        school=school.name, page=page
    )
    if on_call:
        text += _("\nYou are the one on call now.\n")
    return Words(
        sender=rules.mailbox or school.inbound_address,
        sender_name=school.name,
        domains=(*rules.mail_domains, school.inbound_address.partition("@")[2]),
        subject=_("Please sign in to Schoolgate now"),
        text=text,
        automatic=True,
    )
