"""A new matter on an old thread, and one matter on two: every clock stays true."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.actions.joining import join
from schoolgate.conversations.actions.receiving import Words, receive
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.errors import NotFromHere, NothingToSeparate, NotTheSameMatter
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes
from schoolgate.conversations.waiting import Said, waits_since
from schoolgate.delivery.models import Parcel
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def says(conversation: Conversation, at: datetime, body: str) -> Message:
    """The carer of a thread writes in it."""
    return receive(
        actor=Actor("carer", conversation.carer_id),
        conversation=conversation,
        carer=conversation.carer,
        words=Words(body=body, at=at),
    )


def apart(
    cast: Cast, conversation: Conversation, *chosen: Message, child: str | None = "kuba"
) -> Conversation:
    """Somebody of the office separates messages."""
    return separate(
        actor=actor_of(cast, "joan"),
        conversation=conversation,
        chosen=[one.public_id for one in chosen],
        pupil=cast.children[child] if child else None,
        subject="The taxi",
        at=NOW + 5 * HOUR,
    )


def waiting(conversation: Conversation) -> list[tuple[str, datetime]]:
    """The open promises of a thread: their kind, and since when they run."""
    rows = Promise.objects.filter(
        subject=conversation.public_id, stopped_at=None, withdrawn_at=None
    )
    return list(rows.order_by("kind").values_list("kind", "started_at"))


def test_a_family_waits_since_the_oldest_message_that_nobody_has_answered() -> None:
    family, school = (lambda n: Said(NOW + n * HOUR, False)), (lambda n: Said(NOW + n * HOUR, True))
    assert waits_since([]) is None
    assert waits_since([family(0), family(1)]) == NOW
    assert waits_since([family(0), school(1)]) is None
    assert waits_since([family(2), school(1), family(3), family(0)]) == NOW + 2 * HOUR


@pytest.mark.clause("2.2-T1")
def test_a_new_matter_has_its_own_clock_from_when_it_came(medway: Cast) -> None:
    old = writes(medway, "ewa", "kuba", NOW)
    other = says(old, NOW + HOUR, "And the taxi was late.")
    new = apart(medway, old, other)
    assert waiting(new) == [("reply", NOW + HOUR)]
    assert waiting(old) == [("reply", NOW)]
    other.refresh_from_db()
    assert other.conversation == new
    assert fresh(new).due_at == Promise.objects.get(subject=new.public_id).due_at


def test_the_old_thread_waits_from_what_is_left_in_it(medway: Cast) -> None:
    old = writes(medway, "ewa", "kuba", NOW)
    first = old.messages.get(direction="family")
    says(old, NOW + HOUR, "And the taxi was late.")
    new = apart(medway, old, first)
    assert (waiting(new), waiting(old)) == ([("reply", NOW)], [("reply", NOW + HOUR)])


def test_an_answered_thread_whose_new_matter_is_taken_out_waits_no_more(medway: Cast) -> None:
    old = writes(medway, "ewa", "kuba", NOW)
    answers(medway, "tom", old, NOW + HOUR)
    other = says(fresh(old), NOW + 2 * HOUR, "Thanks. And the taxi?")
    assert fresh(old).side == "school"
    new = apart(medway, old, other)
    assert waiting(old) == [] and fresh(old).side == "parent"
    assert waiting(new) == [("reply", NOW + 2 * HOUR)]
    kept = Promise.objects.get(subject=old.public_id, stopped_at__isnull=False)
    assert kept.kept


def test_what_was_overlooked_in_an_answered_thread_is_late_from_its_own_hour(medway: Cast) -> None:
    old = writes(medway, "ewa", "kuba", NOW)
    other = says(old, NOW + HOUR, "And the taxi?")
    answers(medway, "tom", old, NOW + 2 * HOUR)
    new = apart(medway, old, other)
    assert waiting(new) == [("reply", NOW + HOUR)]
    assert waiting(old) == []


def test_the_family_is_told_where_to_look(medway: Cast) -> None:
    old = writes(medway, "ewa", "kuba", NOW)
    new = apart(medway, old, says(old, NOW + HOUR, "And the taxi was late."))
    line = old.messages.get(leads_to=new)
    assert line.direction == "automatic" and "The taxi" in line.body
    note = new.messages.get(direction="automatic")
    assert old.subject in note.body
    assert Parcel.objects.filter(content__message=note.public_id, channel="email").exists()
    client = enters(medway, "ewa")
    assert new.page in client.get(old.page).content.decode()
    assert client.get(new.page).status_code == 200


@pytest.mark.clause("2.2-T5")
def test_what_was_written_in_a_complaint_stays_with_those_who_see_complaints(medway: Cast) -> None:
    old = writes(medway, "nina", "noah", NOW, kind="complaint")
    more = says(old, NOW + HOUR, "His tutor shouts at him.")
    new = apart(medway, old, more, child="noah")
    assert new.kind == Conversation.Kind.COMPLAINT
    assert enters(medway, "priya").get(new.page).status_code == 404
    assert enters(medway, "ruth").get(new.page).status_code == 200


def test_all_messages_none_and_another_threads_can_not_be_separated(medway: Cast) -> None:
    old, other = writes(medway, "ewa", "kuba", NOW), writes(medway, "nina", "noah", NOW)
    says(old, NOW + HOUR, "More.")
    for chosen in (
        list(old.messages.filter(direction="family")),
        [],
        [other.messages.get(direction="family")],
    ):
        with pytest.raises(NothingToSeparate):
            apart(medway, old, *chosen)


def joined(cast: Cast, old: Conversation, new: Conversation) -> Conversation:
    """Somebody of the office joins two threads."""
    return join(
        actor=actor_of(cast, "joan"),
        member=cast.team["joan"],
        conversation=old,
        into=new,
        at=NOW + 5 * HOUR,
    )


@pytest.mark.clause("2.2-T1")
def test_of_two_threads_of_one_matter_the_older_promise_stays(medway: Cast) -> None:
    first = writes(medway, "ewa", "kuba", NOW)
    second = writes(medway, "ewa", "kuba", NOW + HOUR)
    told = Promise.objects.get(subject=first.public_id)
    joined(medway, first, second)
    assert waiting(second) == [("reply", NOW)]
    told.refresh_from_db()
    assert told.subject == second.public_id and told.open
    assert fresh(second).due_at == told.due_at
    assert fresh(first).state == "closed" and waiting(first) == []
    assert second.messages.filter(direction="family").count() == 2


def test_joining_answers_nothing_and_a_thread_that_was_answered_waits_again(medway: Cast) -> None:
    first = writes(medway, "ewa", "kuba", NOW)
    second = writes(medway, "ewa", "kuba", NOW + HOUR)
    answers(medway, "tom", second, NOW + 2 * HOUR)
    joined(medway, first, second)
    assert waiting(second) == [("reply", NOW)] and fresh(second).side == "school"


def test_an_answer_to_an_email_of_the_old_thread_comes_to_the_new_one(medway: Cast) -> None:
    first = writes(medway, "ewa", "kuba", NOW)
    second = writes(medway, "ewa", "kuba", NOW + HOUR)
    third = writes(medway, "ewa", "kuba", NOW + 2 * HOUR)
    joined(medway, first, second)
    joined(medway, fresh(second), third)
    assert says(fresh(first), NOW + 6 * HOUR, "One more thing").conversation == third
    assert fresh(first).state == "closed"


def test_threads_of_two_adults_or_two_children_or_closed_ones_are_never_joined(
    medway: Cast,
) -> None:
    mine = writes(medway, "ewa", "kuba", NOW)
    others = [
        writes(medway, "nina", "noah", NOW),
        writes(medway, "ewa", None, NOW),
        writes(medway, "ewa", "kuba", NOW, kind="complaint"),
        mine,
    ]
    for other in others:
        with pytest.raises(NotTheSameMatter):
            joined(medway, mine, other)
    loose = writes(medway, "ewa", None, NOW + HOUR)
    joined(medway, loose, mine)
    with pytest.raises((NotTheSameMatter, NotFromHere)):
        joined(medway, mine, fresh(loose))


def test_an_open_thread_is_not_joined_to_a_less_guarded_one(medway: Cast) -> None:
    first = writes(medway, "ewa", "kuba", NOW)
    second = writes(medway, "ewa", "kuba", NOW + HOUR)
    Conversation.objects.filter(pk=first.pk).update(sensitive=True)
    with pytest.raises(NotTheSameMatter):
        joined(medway, first, second)


def test_the_page_offers_both_and_does_what_was_chosen(medway: Cast) -> None:
    old = writes(medway, "ewa", "kuba", NOW)
    other = says(old, NOW + HOUR, "And the taxi was late.")
    same = writes(medway, "ewa", "kuba", NOW + 2 * HOUR, subject="The same again")
    client = enters(medway, "joan")
    page = client.get(f"{old.page}regrouping/").content.decode()
    assert "And the taxi was late." in page and "The same again" in page
    refused = client.post(f"{old.page}separations/", {"subject": "x"})
    assert refused.status_code == 422 and "choose" in refused.content.decode()
    done = client.post(
        f"{old.page}separations/",
        {
            "chosen": str(other.public_id),
            "subject": "The taxi",
            "pupil": str(medway.children["kuba"].public_id),
        },
    )
    assert done.status_code == 302
    assert Conversation.objects.get(subject="The taxi").messages.filter(pk=other.pk).exists()
    done = client.post(f"{same.page}joinings/", {"into": str(old.public_id)})
    assert done.status_code == 302 and fresh(same).merged_into == old


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("key", ["priya", "nina"])
def test_who_does_not_see_the_thread_can_do_neither(medway: Cast, key: str) -> None:
    old = writes(medway, "ewa", "kuba", NOW, kind="complaint")
    client = enters(medway, key)
    assert client.get(f"{old.page}regrouping/").status_code == 404
    assert client.post(f"{old.page}separations/", {}).status_code == 404
    assert client.post(f"{old.page}joinings/", {}).status_code == 404
