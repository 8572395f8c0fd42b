"""Who is held back sees their own threads as if what waits had not been said; the team as ever."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations import access
from schoolgate.conversations.actions import closing, replying
from schoolgate.conversations.actions.saying import say_it_did_not_answer
from schoolgate.conversations.models import Attachment, Conversation
from schoolgate.conversations.pages import family_page, team_page
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, who, writes
from schoolgate.desk.home import home_page
from schoolgate.people.actions.holding_back import begin_the_hour, end, hold_back
from schoolgate.people.models import HoldBack
from schoolgate.rehearsal.cast import Cast
from schoolgate.school import files
from schoolgate.school.tenancy import see


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.fixture
def thread(medway: Cast, now: datetime) -> Conversation:
    """Ewa has written about Kuba, and waits."""
    see(school_id=medway.school.pk)
    return writes(medway, "ewa", "kuba", now)


def holds(cast: Cast, at: datetime) -> HoldBack:
    see(school_id=cast.school.pk, user_id=cast.user_id("helen"))
    hold = hold_back(
        user_id=cast.user_id("helen"),
        pupil=cast.children["kuba"],
        carer=cast.carers["ewa"],
        reason="x",
        at=at,
    )
    see(school_id=cast.school.pk)
    return hold


def seen(cast: Cast, conversation: Conversation, at: datetime) -> tuple[object, ...]:
    """All that Ewa's page and home rest on."""
    ewa = who(cast, "ewa", at)
    see(school_id=cast.school.pk, user_id=cast.user_id("ewa"))
    page = family_page(ewa, access.one_as_carer(ewa, conversation.public_id))
    home = home_page(ewa)
    see(school_id=cast.school.pk)
    return (
        [message.said for day in page["days"] for message in day.messages],
        page["plate"],
        page["conversation"].closed_because,
        [(one.conversation.pk, one.plate) for one in home["doing"]],
        [(one.conversation.pk, one.conversation.last_at) for one in home["answered"]],
    )


@pytest.mark.clause("2.2-T5")
def test_an_answer_is_not_there_yet_and_nothing_tells_of_it(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    at = now + timedelta(minutes=9)
    before = seen(medway, thread, at)
    hold = holds(medway, now + timedelta(minutes=1))
    answers(medway, "priya", thread, now + timedelta(minutes=2))
    assert seen(medway, thread, at) == before
    assert fresh(thread).state == "with parent"
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    end(user_id=medway.user_id("helen"), hold=hold, at=at)
    said, _, _, doing, answered = seen(medway, thread, at)
    assert any("good day" in str(one) for one in said)  # type: ignore[attr-defined]
    assert doing == [] and answered


def test_a_named_day_is_not_there_yet(medway: Cast, thread: Conversation, now: datetime) -> None:
    at = now + timedelta(minutes=9)
    before = seen(medway, thread, at)
    holds(medway, now + timedelta(minutes=1))
    replying.hold(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=thread,
        body="We are asking the therapist.",
        until=now + timedelta(days=2),
        at=now + timedelta(minutes=2),
    )
    assert seen(medway, thread, at) == before


def test_what_was_closed_since_is_open_to_them(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    at = now + timedelta(minutes=9)
    before = seen(medway, thread, at)
    holds(medway, now + timedelta(minutes=1))
    closing.close(
        actor=actor_of(medway, "priya"),
        member=medway.team["priya"],
        conversation=thread,
        reason="Settled by the police",
        at=now + timedelta(minutes=2),
    )
    assert seen(medway, thread, at) == before


def test_what_was_answered_before_stays_answered(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    at = now + timedelta(minutes=9)
    answers(medway, "priya", thread, now + timedelta(minutes=1))
    before = seen(medway, thread, at)
    holds(medway, now + timedelta(minutes=2))
    assert seen(medway, thread, at) == before
    answers(medway, "priya", thread, now + timedelta(minutes=3))
    assert seen(medway, thread, at) == before


def test_a_file_of_an_answer_that_waits_is_not_there(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    at, stored = now + timedelta(minutes=9), files.keep(school=medway.school, content=b"x")

    def attached(minute: int) -> Attachment:
        message = answers(medway, "priya", thread, now + timedelta(minutes=minute))
        return message.attachments.create(
            school=medway.school, stored=stored, name="a.txt", looked_at=now
        )

    early = attached(1)
    hold = holds(medway, now + timedelta(minutes=2))
    late = attached(3)
    assert access.attachment(who(medway, "ewa", at), early.public_id)
    with pytest.raises(Http404):
        access.attachment(who(medway, "ewa", at), late.public_id)
    assert access.attachment(who(medway, "priya", at), late.public_id)
    see(school_id=medway.school.pk, user_id=medway.user_id("helen"))
    end(user_id=medway.user_id("helen"), hold=hold, at=at)
    assert access.attachment(who(medway, "ewa", at), late.public_id)


def test_what_they_write_goes_on_and_is_receipted(
    both: tuple[Cast, Cast], thread: Conversation, now: datetime
) -> None:
    here, _ = both
    at = timezone.now()
    see(school_id=here.school.pk)
    mine = writes(here, "ewa", "kuba", at - timedelta(minutes=5), "My own thread.")
    holds(here, at - timedelta(minutes=4))
    answers(here, "priya", mine, at - timedelta(minutes=3))
    client, _ = enter("ewa", *both)
    answer = client.post(
        f"{mine.page}messages/",
        {"body": "And this.", "once": "5a2f8a1e-52a5-4b5e-9d0b-2b1f0a9d6c12"},
    )
    assert answer.status_code == 302
    shown = client.get(mine.page).content.decode()
    assert "My own thread." in shown and "And this." in shown and "good day" not in shown
    assert "Automatic note" in shown


@pytest.mark.parametrize("key", ["priya", "joan", "ruth", "helen"])
def test_the_teams_page_is_the_same_with_and_without_a_hold(
    medway: Cast, thread: Conversation, now: datetime, key: str
) -> None:
    answers(medway, "priya", thread, now + timedelta(minutes=2))
    at = now + timedelta(minutes=9)

    def rests_on() -> tuple[object, ...]:
        asker = who(medway, key, at)
        page = team_page(asker, access.one_as_team(asker, thread.public_id))
        said = [message.said for day in page["days"] for message in day.messages]
        return said, page["plate"], page["receiver"]["entitled"], page["conversation"].state

    before = rests_on()
    holds(medway, now + timedelta(minutes=1))
    begin_the_hour(pupil=medway.children["kuba"], at=now + timedelta(minutes=1))
    assert rests_on() == before


@pytest.mark.clause("2.2-T5")
def test_a_press_under_an_older_answer_shows_no_sign_of_a_newer_one_that_waits(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    minute = timedelta(minutes=1)
    twin = writes(medway, "ewa", "kuba", now)
    first = [answers(medway, "priya", one, now + minute) for one in (thread, twin)]
    holds(medway, now + 2 * minute)
    answers(medway, "priya", fresh(twin), now + 3 * minute)
    ewa = who(medway, "ewa", now + 4 * minute)
    for message in first:
        see(school_id=medway.school.pk, user_id=medway.user_id("ewa"))
        asked = access.message_for_carer(ewa, message.public_id)
        say_it_did_not_answer(actor=ewa.actor, message=asked, at=ewa.at)
    shown = [seen(medway, one, now + 5 * minute)[:3] for one in (thread, twin)]
    assert shown[0] == shown[1]
    _, _, _, doing, answered = seen(medway, twin, now + 5 * minute)
    assert len(doing) == 2 and answered == []  # type: ignore[arg-type]
    hidden = answers(medway, "priya", fresh(twin), now + 6 * minute)
    with pytest.raises(Http404):
        access.message_for_carer(who(medway, "ewa", now + 7 * minute), hidden.public_id)
