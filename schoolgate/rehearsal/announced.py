"""What has been announced at a rehearsal school: a closure, a trip half answered, a wish."""

from datetime import datetime, timedelta

from schoolgate.accounts.queries import who_is
from schoolgate.announcements.actions.answering import Given, answer
from schoolgate.announcements.actions.asking import ask
from schoolgate.announcements.actions.drafting import Audience, Words, draft
from schoolgate.announcements.actions.publishing import publish
from schoolgate.announcements.actions.sending import UNDO, send
from schoolgate.announcements.models import Announcement, Answer
from schoolgate.delivery.actions.bouncing import bounce
from schoolgate.delivery.models import Content, Parcel
from schoolgate.ledger.actors import Actor
from schoolgate.people.queries import email_of
from schoolgate.rehearsal.cast import Cast

CLOSURE = Words(
    subject="School closes at 13:00 on Wednesday",
    text="School closes at 13:00 on Wednesday. The heating is being mended in the afternoon.\n\n"
    "Lunch is as usual. Taxis will come at 13:00: we have asked the council, and they have said "
    "yes.\n\nIf 13:00 is hard for your family, tell us.",
    is_safety=True,
)
TRIP = Words(
    subject="A morning in the woods",
    text="We would like to go to the woods next Friday morning. We leave at 9:30 and are back for "
    "lunch.\n\nMay your child come? If something would make it easier, tell us.",
    asks=Content.Asks.CONSENT,
)
PHOTOS = Words(
    subject="School photographs tomorrow",
    text="School photographs are tomorrow morning. Nobody has to be in them. Please say if your "
    "child would rather not.",
    by_text=True,
)


def announce(cast: Cast, at: datetime) -> None:
    """Play them so that the last ends before `at` (UTC); where there is no Oak class, nothing."""
    if "Oak" not in cast.groups:
        return
    oak = Audience(groups=[cast.groups["Oak"]])
    _sent(cast, "joan", CLOSURE, Audience(whole_school=True), at - timedelta(days=2))
    trip = _sent(cast, "priya", TRIP, oak, at - timedelta(days=1))
    _says(cast, trip, "obi", "amara", Answer.Says.YES, at - timedelta(hours=20))
    _says(cast, trip, "nina", "noah", Answer.Says.NO, at - timedelta(hours=3))
    _comes_back(cast, trip, "gareth", at - timedelta(hours=2))
    wish = _drafted(cast, "priya", PHOTOS, oak, at - timedelta(minutes=40))
    ask(actor=_actor(cast, "priya"), member=cast.team["priya"], announcement=wish, at=at)


def _drafted(cast: Cast, key: str, words: Words, audience: Audience, at: datetime) -> Announcement:
    return draft(
        actor=_actor(cast, key),
        school=cast.school,
        author=cast.team[key],
        words=words,
        audience=audience,
        at=at,
    )


def _sent(cast: Cast, key: str, words: Words, audience: Audience, at: datetime) -> Announcement:
    """Sent, and taken by every mail server at once: the demo begins when that is over."""
    made = _drafted(cast, key, words, audience, at)
    who = who_is(school=cast.school, user_id=cast.user_id(key), at=at)
    send(actor=_actor(cast, key), who=who, announcement=made, at=at)
    publish(school=cast.school, number=made.pk, at=at + UNDO)
    made.refresh_from_db()
    Parcel.objects.filter(content=made.content_id, state=Parcel.State.WAITING).update(
        state=Parcel.State.SENT, ended_at=at + UNDO
    )
    return made


def _comes_back(cast: Cast, announcement: Announcement, key: str, at: datetime) -> None:
    """Somebody's email comes back after all: the office finds them under Not reached."""
    carer = cast.carers[key]
    sent = Parcel.objects.filter(content=announcement.content_id, carer=carer, channel="email")
    sent.update(sent_to=email_of(carer))
    bounce(parcel=sent.get(), at=at)


def _says(
    cast: Cast, announcement: Announcement, key: str, child: str, says: str, at: datetime
) -> None:
    carer = cast.carers[key]
    given = Given(says=says, children=[cast.children[child]], way=Answer.Way.LINK)
    answer(
        actor=Actor("carer", carer.pk, carer.name),
        carer=carer,
        announcement=announcement,
        given=given,
        at=at,
    )


def _actor(cast: Cast, key: str) -> Actor:
    return Actor("team", cast.team[key].pk, cast.team[key].name)
