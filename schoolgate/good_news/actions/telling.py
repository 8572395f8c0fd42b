"""Telling good news: each adult entitled at that moment hears it in a thread of their own."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolgate.conversations.actions.opening_to import First, open_to_family
from schoolgate.good_news.errors import NobodyEntitled, NothingWritten
from schoolgate.good_news.models import TOPIC, GoodNews, Heard
from schoolgate.ledger.actions import record
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.naming_others import Saying, check_names
from schoolgate.people.entitlement import entitled
from schoolgate.people.models import Carer, Link, Pupil, Receives, TeamMember


@dataclass(frozen=True, kw_only=True)
class Good:
    """What was good; `once` becomes the news' own id, so twice is once."""

    pupil: Pupil
    words: str
    named_because: str = ""
    once: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def tell(*, actor: Actor, member: TeamMember, good: Good, at: datetime) -> GoodNews:
    """Tell every adult entitled at a moment (UTC); what they answer is the teller's to answer.

    Another child's name waits for a reason (decision 17). Raises NothingWritten, NobodyEntitled,
    OtherChildNamed. Clause 1.0-S2.
    """
    known = GoodNews.objects.filter(public_id=good.once, told_by=member).first()
    if known:
        return known
    news = _made(actor, member, good, at)
    carers = [link.carer for link in recipients(good.pupil, at)]
    if not carers:
        raise NobodyEntitled
    news.save()
    for carer in carers:
        _send(actor, news, carer, at)
    record(
        actor=actor,
        verb="told good news",
        school_id=news.school_id,
        about=("pupil", news.pupil.public_id),
        at=at,
    )
    return news


def recipients(pupil: Pupil, at: datetime) -> list[Link]:
    """The links of those who may hear it at a moment (UTC), by name."""
    rows = entitled(pupil=pupil, level=Receives.PROGRESS, at=at)
    return list(rows.select_related("carer__school").order_by("carer__sorted_by", "pk"))


def _made(actor: Actor, member: TeamMember, good: Good, at: datetime) -> GoodNews:
    news = GoodNews(
        public_id=good.once,
        school=member.school,
        pupil=good.pupil,
        words=good.words.replace("\0", "").strip(),
        named_because=good.named_because.strip(),
        told_by=member,
        told_at=at,
    )
    if not news.words:
        raise NothingWritten
    saying = Saying(
        words=news.words,
        own={good.pupil.pk},
        kind="good news",
        said_in=news.public_id,
        adults=[member.name],
    )
    check_names(actor=actor, member=member, saying=saying, because=good.named_because, at=at)
    return news


def _send(actor: Actor, news: GoodNews, carer: Carer, at: datetime) -> None:
    member = news.told_by
    first = First(
        subject=_("Good news"),
        body=news.words,
        member=member,
        owner=member,
        topic=TOPIC,
        names_checked=True,
    )
    opened = open_to_family(actor=actor, carer=carer, pupil=news.pupil, first=first, at=at)
    Heard.objects.create(
        school=news.school, news=news, carer=carer, conversation=opened.conversation
    )
