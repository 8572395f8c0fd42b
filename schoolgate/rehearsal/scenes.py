"""What has happened at the rehearsal schools before somebody looks: threads in every state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolgate.conversations.actions.noting import note
from schoolgate.conversations.actions.receiving import Words, start
from schoolgate.conversations.actions.replying import hold, reply
from schoolgate.conversations.models import Conversation
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.calendars import reply_calendar


@dataclass(frozen=True)
class Scene:
    """A family writes some open hours ago; perhaps the school answers or names a day."""

    carer: str
    child: str
    subject: str
    words: str
    hours_ago: float
    channel: str = "portal"
    answer: str = ""
    holding: str = ""
    note: str = ""


MEDWAY_GREEN = (
    Scene(
        "nina",
        "noah",
        "Lunch box came home full again",
        "He has not eaten at lunch since Tuesday. Who sits with him?",
        9.5,
        "email",
    ),
    Scene(
        "obi",
        "amara",
        "Is physio still on Tuesday?",
        "I need to swap a shift if it has moved.",
        7.4,
        "email",
    ),
    Scene(
        "ewa",
        "kuba",
        "A quieter way in, in the morning",
        "The bell hurts his ears. Is there a quieter way in?",
        14,
        answer="Hello Ewa. Thank you for telling us. From Monday, Kuba can use the side door "
        "at 8:40, before the bell. Sam will be there to meet him. Does that suit you both?",
        note="Side door worked. He chose to hang up his own coat.",
    ),
    Scene(
        "hannah",
        "ivy",
        "Going to Dad’s house next weekend",
        "Can her medicine come home in two bags?",
        5,
    ),
    Scene(
        "gareth",
        "ivy",
        "Reading book",
        "Which page are you on? I would like to read along at my house.",
        2,
    ),
    Scene(
        "rania",
        "leila",
        "The new seating plan",
        "She says nobody told her and she cried on Friday.",
        3.5,
    ),
    Scene(
        "jo",
        "leo",
        "Taxi changes",
        "This is the fourth driver since September. Can somebody ask why?",
        11,
        holding="I have read this. I do not have the answer yet. I am asking the taxi firm. "
        "I will write even if I have nothing new.",
    ),
    Scene(
        "hannah",
        "max",
        "Thank you for Friday",
        "He came out smiling. Could we talk about trying Wednesdays too?",
        1,
    ),
)
TRENT_ACRES = (
    Scene("mia", "tilly", "Swimming", "Does she need her own towel?", 2),
    Scene(
        "stan",
        "reece",
        "New shoes",
        "He will not wear the black ones. Are trainers all right?",
        12,
        answer="Hello Stan. Trainers are fine. Thank you for asking first.",
    ),
)
SCENES = {"medway-green": MEDWAY_GREEN, "trent-acres": TRENT_ACRES}


def play(cast: Cast, at: datetime) -> None:
    """Play every scene of a school so that the last one ends before `at` (UTC)."""
    for scene in SCENES[cast.school.slug]:
        _play(cast, scene, at)


def _play(cast: Cast, scene: Scene, at: datetime) -> None:
    carer, pupil = cast.carers[scene.carer], cast.children[scene.child]
    conversation = start(
        actor=Actor("carer", carer.pk, carer.name),
        carer=carer,
        pupil=pupil,
        subject=scene.subject,
        words=Words(
            body=scene.words,
            at=_open_hours_before(cast, at, scene.hours_ago),
            channel=scene.channel,
            sender_check="passed" if scene.channel == "email" else "",
        ),
    )
    member = conversation.owner
    if member is None:
        return
    actor, later = (
        Actor("team", member.pk, member.name),
        conversation.opened_at + timedelta(minutes=20),
    )
    if scene.note:
        note(actor=actor, member=member, conversation=conversation, body=scene.note, at=later)
    if scene.answer:
        reply(actor=actor, member=member, conversation=conversation, body=scene.answer, at=later)
    if scene.holding:
        _hold(cast, conversation, scene.holding, at)


def _hold(cast: Cast, conversation: Conversation, words: str, at: datetime) -> None:
    member = conversation.owner
    assert member is not None  # a scene with a holding reply has a tutor
    calendar = reply_calendar(cast.school)
    hold(
        actor=Actor("team", member.pk, member.name),
        member=member,
        conversation=conversation,
        body=words,
        until=calendar.end_of_working_day(at, 3),
        at=at,
    )


def _open_hours_before(cast: Cast, at: datetime, hours: float) -> datetime:
    """A moment so many open hours ago, found by steps of a quarter of an hour."""
    calendar, wanted = reply_calendar(cast.school), timedelta(hours=hours)
    moment, step = at, timedelta(minutes=15)
    while calendar.between(moment, at) < wanted and at - moment < timedelta(days=40):
        moment -= step
    return moment
