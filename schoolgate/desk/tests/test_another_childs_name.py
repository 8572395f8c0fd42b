"""Every door through which words of the team leave stops at another child's name (decision 17)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import schoolgate
from schoolgate.announcements.actions.asking import ask
from schoolgate.announcements.actions.correcting import correct as put_right
from schoolgate.announcements.actions.drafting import Audience, Words, say_in_other_words
from schoolgate.announcements.actions.naming import say_why
from schoolgate.announcements.actions.sending import schedule, send
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.tests.announcing import goes_out, sends, to_group
from schoolgate.announcements.tests.announcing import writes as drafts
from schoolgate.conversations.actions import closing, replying
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.calling import Told, With, log
from schoolgate.conversations.actions.opening_to import First, open_to_family, say_also
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.actions.urgent import Why, Written, reply_urgently
from schoolgate.conversations.errors import FileOfSeveral
from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import actor_of, answers, who, writes, writes_again
from schoolgate.conversations.tests.test_calling import LINE
from schoolgate.escalation.actions.leading import redirect, settle
from schoolgate.escalation.tests.acting import asks
from schoolgate.good_news.tests.acting import tells_good
from schoolgate.incidents.actions.correcting import correct as correct_incident
from schoolgate.incidents.tests.acting import tells, writes_down
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import OtherNamed, Receives
from schoolgate.rehearsal.cast import Cast

WORDS = "He sat beside Noah."
BECAUSE = "Both families asked us to say so."
Door = Callable[[Cast, datetime, str, str], object]


def in_thread(cast: Cast, at: datetime) -> dict[str, Any]:
    """Priya speaks in Ewa's thread about Kuba."""
    thread = writes(cast, "ewa", "kuba", at - timedelta(minutes=5))
    return {
        "actor": actor_of(cast, "priya"),
        "member": cast.team["priya"],
        "conversation": thread,
        "at": at,
    }


def replies(cast: Cast, at: datetime, words: str, because: str) -> None:
    replying.reply(**in_thread(cast, at), body=words, named_because=because)


def replies_urgently(cast: Cast, at: datetime, words: str, because: str) -> None:
    answer = Written(words, named_because=because)
    reply_urgently(**in_thread(cast, at), answer=answer, why=Why("no number"))


def names_a_day(cast: Cast, at: datetime, words: str, because: str) -> None:
    until = at + timedelta(days=1)
    replying.hold(**in_thread(cast, at), body=words, until=until, named_because=because)


def finishes(cast: Cast, at: datetime, words: str, because: str) -> None:
    closing.close(**in_thread(cast, at), reason=words, named_because=because)


def separates(cast: Cast, at: datetime, words: str, because: str) -> None:
    thread = writes(cast, "ewa", "kuba", at - timedelta(minutes=5))
    chosen = writes_again(cast, thread, at).public_id
    separate(
        actor=actor_of(cast, "priya"),
        conversation=thread,
        chosen=[chosen],
        pupil=thread.pupil,
        subject=words,
        named_because=because,
        at=at,
    )


def asked_head(cast: Cast, at: datetime) -> dict[str, Any]:
    """Ruth has what Ewa asked the head."""
    thread = writes(cast, "ewa", "kuba", at - timedelta(minutes=5))
    return {"actor": actor_of(cast, "ruth"), "escalation": asks(cast, "ewa", thread, at), "at": at}


def gives_on(cast: Cast, at: datetime, words: str, because: str) -> None:
    to = cast.team["tom"]
    redirect(**asked_head(cast, at), to=to, reason=words, named_because=because)


def settles(cast: Cast, at: datetime, words: str, because: str) -> None:
    asked = asked_head(cast, at)
    answers(cast, "ruth", asked["escalation"].conversation, at)
    settle(**asked, words=words, named_because=because)


def says_also(cast: Cast, at: datetime, words: str, because: str) -> None:
    say_also(**in_thread(cast, at), body=words, named_because=because)


def writes_first(cast: Cast, at: datetime, words: str, because: str) -> None:
    priya = cast.team["priya"]
    first = First("A letter", words, priya, priya, named_because=because)
    opens(cast, at, first)


def writes_first_in_the_title(cast: Cast, at: datetime, words: str, because: str) -> None:
    priya = cast.team["priya"]
    opens(cast, at, First(words, "Please read.", priya, priya, named_because=because))


def opens(cast: Cast, at: datetime, first: First) -> None:
    open_to_family(
        actor=actor_of(cast, "priya"),
        carer=cast.carers["ewa"],
        pupil=cast.children["kuba"],
        first=first,
        at=at,
    )


def logs(cast: Cast, at: datetime, because: str, **told: object) -> None:
    thread = writes(cast, "ewa", "kuba", at - timedelta(minutes=5))
    said = {"outcome": "spoke", "began_at": at, "line": LINE, "named_because": because, **told}
    log(
        actor=actor_of(cast, "priya"),
        member=cast.team["priya"],
        about=With(cast.carers["ewa"], cast.children["kuba"], thread),
        told=Told(**said),  # type: ignore[arg-type]
        at=at,
    )


def logs_a_call(cast: Cast, at: datetime, words: str, because: str) -> None:
    logs(cast, at, because, words=words)


def promises_in_a_call(cast: Cast, at: datetime, words: str, because: str) -> None:
    logs(cast, at, because, words="We spoke.", promised=words)


def promises_where_they_asked(cast: Cast, at: datetime, words: str, because: str) -> None:
    said = {"words": "They asked when.", "needs_answer": True, "inbound": True}
    logs(cast, at, because, promised=words, **said)


def good_news(cast: Cast, at: datetime, words: str, because: str) -> None:
    tells_good(cast, "priya", "kuba", at, words=words, named_because=because)


def incident(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = writes_down(cast, "priya", "kuba", at, facts=words, named_because=because)
    tells(cast, "priya", made, at)


def incident_put_right(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = writes_down(cast, "priya", "kuba", at)
    actor, member = actor_of(cast, "priya"), cast.team["priya"]
    correct_incident(
        actor=actor, member=member, incident=made, words=words, named_because=because, at=at
    )


def reasoned(cast: Cast, key: str, made: Announcement, because: str, at: datetime) -> None:
    """The reason is given on the announcement's page, before it is sent or asked for."""
    if because:
        say_why(
            actor=actor_of(cast, key),
            member=cast.team[key],
            announcement=made,
            because=because,
            at=at,
        )


def announces(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = drafts(cast, "joan", at, to_group(cast, "Oak"), text=words)
    reasoned(cast, "joan", made, because, at)
    sends(cast, "joan", made, at)


def announces_in_the_title(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = drafts(cast, "joan", at, to_group(cast, "Oak"), subject=words)
    reasoned(cast, "joan", made, because, at)
    sends(cast, "joan", made, at)


def announces_at_a_time(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = drafts(cast, "joan", at, to_group(cast, "Oak"), text=words)
    reasoned(cast, "joan", made, because, at)
    schedule(
        actor=actor_of(cast, "joan"),
        who=who(cast, "joan", at),
        announcement=made,
        publish_at=at + timedelta(hours=1),
        at=at,
    )


def announces_urgently(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = drafts(cast, "joan", at, to_group(cast, "Oak"), text=words, is_urgent=True)
    reasoned(cast, "joan", made, because, at)
    sends(cast, "joan", made, at)


def asks_with_a_slip(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = drafts(cast, "joan", at, to_group(cast, "Oak"), text=words, asks="yes or no")
    reasoned(cast, "joan", made, because, at)
    sends(cast, "joan", made, at)


def asks_the_office(cast: Cast, at: datetime, words: str, because: str) -> None:
    made = drafts(cast, "priya", at, to_group(cast, "Oak"), text=words)
    reasoned(cast, "priya", made, because, at)
    ask(actor=actor_of(cast, "priya"), member=cast.team["priya"], announcement=made, at=at)


def announces_in_another_language(cast: Cast, at: datetime, words: str, because: str) -> None:
    actor = actor_of(cast, "joan")
    made = drafts(cast, "joan", at, to_group(cast, "Oak"))
    say_in_other_words(
        actor=actor, announcement=made, language="pl", subject="Kalosze", text=words, at=at
    )
    reasoned(cast, "joan", made, because, at)
    sends(cast, "joan", made, at)


def corrects_an_announcement(cast: Cast, at: datetime, words: str, because: str) -> None:
    wrong = goes_out(cast, "joan", at - timedelta(hours=1), to_group(cast, "Oak"))
    actor = actor_of(cast, "joan")
    right = put_right(
        actor=actor,
        author=cast.team["joan"],
        wrong=wrong,
        words=Words(subject="Wellies", text="On Monday."),
        what_was_wrong=words,
        at=at,
    )
    reasoned(cast, "joan", right, because, at)
    send(actor=actor, who=who(cast, "joan", at), announcement=right, at=at)


DOORS: list[Door] = [
    replies, replies_urgently, names_a_day, finishes, separates, gives_on, settles, says_also,
    writes_first,
    writes_first_in_the_title, logs_a_call, promises_in_a_call, promises_where_they_asked,
    good_news, incident, incident_put_right, announces, announces_in_the_title,
    announces_at_a_time, announces_urgently, asks_with_a_slip, asks_the_office,
    announces_in_another_language, corrects_an_announcement,
]  # fmt: skip


@pytest.mark.clause("2.1-M2c")
@pytest.mark.parametrize("door", DOORS)
def test_another_childs_name_stops_every_door_until_a_reason_is_given(
    medway: Cast, now: datetime, door: Door
) -> None:
    with pytest.raises(OtherChildNamed, match="Noah"):
        door(medway, now, WORDS, "")
    assert not OtherNamed.objects.exists()
    door(medway, now, WORDS, BECAUSE)
    kept = OtherNamed.objects.get()
    assert (kept.because, kept.children) == (BECAUSE, [medway.children["noah"].pk])
    entry = Entry.objects.get(verb="named another child")
    assert entry.facts == {"reason": str(kept.public_id), "names": 1}
    assert "Noah" not in str(entry.facts) and entry.object_id == str(kept.said_in)


def test_the_words_of_the_school_leave_by_known_doors_alone() -> None:
    root = Path(schoolgate.__file__).parent
    sources = [one for one in root.rglob("*.py") if "tests" not in one.parts]
    said = [one.name for one in sources if "=Message.Direction.SCHOOL,\n" in one.read_text()]
    written = sorted(set(said) - {"access.py", "held.py", "home.py"})  # these only read
    assert written == ["calling.py", "opening_to.py", "replying.py"]


def test_what_a_family_says_is_never_looked_through_for_names(medway: Cast, now: datetime) -> None:
    writes(medway, "ewa", "kuba", now - timedelta(minutes=5), body=WORDS)
    logs(medway, now, "", words=WORDS, needs_answer=True, inbound=True)
    assert not OtherNamed.objects.exists()


def test_a_childs_own_name_and_that_of_who_reads_or_writes_go_without_a_word(
    medway: Cast, now: datetime
) -> None:
    names = f"Dear {medway.carers['ewa'].name}, Kuba did well. {medway.team['priya'].name}"
    replies(medway, now, names, "")
    assert not OtherNamed.objects.exists()


def in_hannahs(cast: Cast, at: datetime, child: str | None, words: str) -> None:
    thread = Conversation.objects.get(
        pk=writes(cast, "hannah", "ivy", at - timedelta(minutes=5)).pk
    )
    thread.pupil = cast.children[child] if child else None
    thread.save(update_fields=["pupil"])
    member = cast.team["priya"]
    replying.reply(
        actor=actor_of(cast, "priya"), member=member, conversation=thread, body=words, at=at
    )


def test_the_other_children_of_who_reads_are_no_others(medway: Cast, now: datetime) -> None:
    in_hannahs(medway, now, "ivy", "Max was with Ivy.")
    in_hannahs(medway, now, None, "Max was with Ivy.")
    with pytest.raises(OtherChildNamed, match="Noah"):
        in_hannahs(medway, now, None, "Max was with Noah.")


def test_a_child_of_whom_they_may_hear_nothing_is_another_child(
    medway: Cast, now: datetime
) -> None:
    link = medway.carers["hannah"].links.get(pupil=medway.children["max"])
    begin_limit(
        actor=actor_of(medway, "joan"),
        link=link,
        at_most=Receives.NOTHING,
        says="An order.",
        at=now,
    )
    with pytest.raises(OtherChildNamed, match="Max"):
        in_hannahs(medway, now, "ivy", "Max was with Ivy.")


def test_what_goes_to_one_childs_family_may_name_that_child(medway: Cast, now: datetime) -> None:
    one = Audience(children=[medway.children["noah"]])
    sends(medway, "joan", drafts(medway, "joan", now, one, text=WORDS), now)
    two = Audience(children=[medway.children["noah"], medway.children["kuba"]])
    with pytest.raises(OtherChildNamed, match="Noah"):
        sends(medway, "joan", drafts(medway, "joan", now, two, text=WORDS), now)


def test_a_reason_for_one_child_is_none_for_another(medway: Cast, now: datetime) -> None:
    made = drafts(medway, "joan", now, to_group(medway, "Oak"), text=WORDS)
    reasoned(medway, "joan", made, BECAUSE, now)
    made.text = f"{WORDS} And Ivy."
    made.save(update_fields=["text"])
    with pytest.raises(OtherChildNamed, match=r"stand there\. Ivy"):
        sends(medway, "joan", made, now)


def sends_a_file(cast: Cast, at: datetime, name: str, content: bytes, because: str = "") -> None:
    said = in_thread(cast, at)
    replying.reply(
        **said, body="Here it is.", uploads=[Upload(name, content)], file_because=because
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("marks.csv", b"a,b"),
        ("marks.XLSX", b"PK\x03\x04"),
        ("marks.ods", b"PK\x03\x04"),
        ("trip.txt", b"Kuba Nowak\nNoah Bell\n"),
        ("Noah.txt", b"A good day."),
    ],
)
def test_a_spreadsheet_or_a_file_of_several_children_goes_to_a_family_with_a_reason_only(
    medway: Cast, now: datetime, name: str, content: bytes
) -> None:
    with pytest.raises(FileOfSeveral, match=name):
        sends_a_file(medway, now, name, content)
    sends_a_file(medway, now, name, content, BECAUSE)
    assert OtherNamed.objects.get().because == BECAUSE
    assert Entry.objects.filter(verb="named another child").count() == 1


def test_a_file_about_their_own_child_goes_without_a_word(medway: Cast, now: datetime) -> None:
    sends_a_file(medway, now, "Kuba.txt", b"Kuba read aloud today.")
    sends_a_file(medway, now, "photo.png", b"\x89PNG")
    assert not OtherNamed.objects.exists()
