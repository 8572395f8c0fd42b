"""The text of a message is sealed, its answer comes in approved words; raising holds the post."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.conversations.actions.keeping import keep
from schoolgate.conversations.actions.seeing import note_seen
from schoolgate.conversations.models import Conversation, GivenWords, Message
from schoolgate.conversations.tests.acting import fresh, writes
from schoolgate.people.models import Carer, HoldBack
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions import holding, sealing
from schoolgate.safeguarding.actions.raising import still_worried
from schoolgate.safeguarding.actions.recording import decide
from schoolgate.safeguarding.errors import NotNow, ReadFirst, SafeguardingError
from schoolgate.safeguarding.models import Concern, Step
from schoolgate.safeguarding.tests.acting import as_person, hand, raises, reads, who
from schoolgate.school.clock import now as the_time
from schoolgate.school.tenancy import see

MINUTE = timedelta(minutes=1)
SAID = "He hides under the table when the bell rings at home."


@pytest.fixture
def now() -> datetime:
    """An hour ago: pages ask at the present moment."""
    return the_time() - timedelta(hours=1)


@pytest.fixture
def thread(medway: Cast, now: datetime) -> Conversation:
    """Ewa has written about Kuba; his tutor has opened it."""
    conversation = writes(medway, "ewa", "kuba", now, SAID, subject="The table")
    note_seen(member=medway.team["priya"], conversation=conversation, at=now)
    return conversation


@pytest.fixture
def concern(medway: Cast, thread: Conversation, now: datetime) -> Concern:
    """The tutor raised it from the message in words of her own; the lead has read it."""
    found = raises(medway, "priya", now + MINUTE, message=first(thread).public_id)
    reads(medway, "helen", found, now + 2 * MINUTE)
    return found


def first(conversation: Conversation) -> Message:
    return conversation.messages.earliest("pk")


def browser(cast: Cast, key: str) -> Client:
    return enter(key, cast, cast)[0]


def page(cast: Cast, key: str, concern: Concern | None = None) -> str:
    path = f"{concern.public_id}/" if concern else ""
    return browser(cast, key).get(f"/medway-green/sealed/{path}").content.decode()


def writes_row(cast: Cast, key: str, concern: Concern, **form: str) -> int:
    path = f"/medway-green/sealed/{concern.public_id}/steps/"
    return browser(cast, key).post(path, form).status_code


@pytest.mark.clause("2.2-T5")
def test_the_concern_keeps_what_it_lacked_before_the_text_is_taken(
    medway: Cast, thread: Conversation, concern: Concern, now: datetime
) -> None:
    first(thread).attachments.create(
        school=medway.school, name="drawing.png", media_type="x/y", held_because="Not looked at."
    )
    step = sealing.seal_text(hand=hand(medway, "helen", concern, now + 3 * MINUTE))
    assert SAID in step.words and "The table" in step.words and "drawing.png" in step.words
    assert first(thread).body == "" and fresh(thread).guided


def test_what_the_concern_has_already_is_not_repeated(
    medway: Cast, thread: Conversation, now: datetime
) -> None:
    Message.objects.filter(pk=first(thread).pk).update(body="afraid to go\r\nhome.")
    found = raises(medway, "priya", now + MINUTE, message=first(thread).public_id)
    reads(medway, "helen", found, now + 2 * MINUTE)
    step = sealing.seal_text(hand=hand(medway, "helen", found, now + 3 * MINUTE))
    assert "afraid" not in step.words


def test_every_reader_sees_who_had_read_it_and_the_whole_text(
    medway: Cast, concern: Concern
) -> None:
    assert "Seal this text" in page(medway, "helen", concern)
    assert writes_row(medway, "helen", concern, do="seal_text") == 302
    for key in ("helen", "sam", "ruth"):
        shown = page(medway, key, concern)
        assert SAID in shown and "told not to talk about it: Priya Nair" in " ".join(shown.split())
        assert "Seal this text" not in shown


def test_it_is_sealed_once_and_never_a_text_that_a_leader_has(
    medway: Cast, thread: Conversation, concern: Concern, now: datetime
) -> None:
    see(school_id=medway.school.pk, user_id=medway.user_id("tom"))
    keep(keeper_user=medway.user_id("tom"), message=first(thread), at=now + 2 * MINUTE)
    with pytest.raises(NotNow):
        sealing.seal_text(hand=hand(medway, "helen", concern, now + 3 * MINUTE))
    assert "Give words for the answer" in page(medway, "helen", concern)


@pytest.mark.parametrize("key", ["helen", "sam", "ruth"])
def test_every_reader_gives_words_for_its_answer(
    medway: Cast, thread: Conversation, concern: Concern, key: str
) -> None:
    assert writes_row(medway, key, concern, do="give_words", words="Thank you.") == 422
    writes_row(medway, "helen", concern, do="seal_text")
    assert writes_row(medway, key, concern, do="give_words", words="Thank you.") == 302
    see(school_id=medway.school.pk)
    assert GivenWords.objects.get().words == "Thank you."
    as_person(medway, key)
    assert Step.objects.filter(kind=Step.Kind.WORDS_GIVEN, words="Thank you.").exists()


def test_a_concern_that_came_from_no_message_has_neither(medway: Cast, now: datetime) -> None:
    found = raises(medway, "priya", now)
    reads(medway, "helen", found, now + MINUTE)
    for verb in (sealing.seal_text, lambda *, hand: sealing.give_words(hand=hand, words="x")):
        with pytest.raises(NotNow):
            verb(hand=hand(medway, "helen", found, now + 2 * MINUTE))


def on_hold(cast: Cast, key: str = "ruth") -> list[HoldBack]:
    as_person(cast, key)
    return list(HoldBack.objects.filter(ended_at=None))


def test_raising_lets_the_post_about_the_child_wait_until_somebody_has_looked(
    medway: Cast, now: datetime
) -> None:
    found = raises(medway, "ewa", now)
    assert [(one.pupil.first_name, one.carer) for one in on_hold(medway)] == [("Kuba", None)]
    reads(medway, "helen", found, now + MINUTE)
    assert on_hold(medway) == []


def test_it_goes_on_while_another_concern_about_the_child_is_unread(
    medway: Cast, now: datetime
) -> None:
    one, other = raises(medway, "ewa", now), raises(medway, "priya", now + MINUTE)
    reads(medway, "helen", one, now + 2 * MINUTE)
    assert on_hold(medway)
    reads(medway, "sam", other, now + 3 * MINUTE)
    assert not on_hold(medway)


@pytest.mark.parametrize("about", ["helen", "ruth", ""])
def test_a_concern_about_an_adult_here_begins_nothing_that_the_lead_could_read(
    medway: Cast, now: datetime, about: str
) -> None:
    member = {"member": medway.team[about]} if about else {}
    raises(medway, "priya", now, adult=True, **member)
    assert not on_hold(medway, "helen") and not on_hold(medway, "ruth")


def test_an_adult_is_held_back_with_a_reason_a_row_and_a_date(medway: Cast, now: datetime) -> None:
    at = the_time() - 5 * MINUTE
    found = raises(medway, "priya", at)
    assert "Hold messages back" not in page(medway, "grace", found)
    assert "Hold messages back" in page(medway, "helen", found)
    ewa = str(medway.carers["ewa"].public_id)
    form = {"do": "hold_back", "carer": ewa, "words": "As the council asked."}
    assert writes_row(medway, "helen", found, **(form | {"words": " "})) == 422
    nina = {"carer": str(medway.carers["nina"].public_id)}
    assert writes_row(medway, "helen", found, **(form | nina)) == 422
    assert writes_row(medway, "helen", found, **form) == 302
    assert [one.carer and one.carer.called for one in on_hold(medway)] == ["Ewa"]
    shown = page(medway, "ruth")
    assert "Messages held" in shown and "As the council asked." in shown
    assert "Look at it again by" in shown
    as_person(medway, "ruth")
    assert Step.objects.get(kind=Step.Kind.HELD_BACK).due_at == on_hold(medway)[0].review_by


def held(cast: Cast, concern: Concern, at: datetime) -> HoldBack:
    hand_ = hand(cast, "helen", concern, at)
    holding.hold_back(hand=hand_, carer=cast.carers["ewa"], reason="Asked.")
    return HoldBack.objects.get(ended_at=None)


@pytest.mark.parametrize("what", holding.LOOKED_AGAIN)
def test_looking_again_is_a_row_of_the_record(
    medway: Cast, concern: Concern, now: datetime, what: str
) -> None:
    hold = held(medway, concern, now + 3 * MINUTE)
    path = f"/medway-green/sealed/holds/{hold.public_id}/"
    assert browser(medway, "sam").post(path, {"do": "burn"}, follow=True).status_code == 200
    assert browser(medway, "sam").post(path, {"do": what}).status_code == 302
    as_person(medway, "helen")
    hold.refresh_from_db()
    assert (hold.ended_at is not None) is (what == "ends")
    assert hold.safety_too is (what == "safety too")
    assert Step.objects.filter(kind=Step.Kind.HELD_BACK, by_name="Sam Birch").count() == 1


def test_what_is_late_says_so_and_goes_on(medway: Cast, concern: Concern, now: datetime) -> None:
    hold = held(medway, concern, now + 3 * MINUTE)
    HoldBack.objects.filter(pk=hold.pk).update(review_by=the_time() - MINUTE)
    assert "Was to be looked at again" in page(medway, "ruth")


def test_a_new_worry_is_read_before_a_hold_is_changed(
    medway: Cast, concern: Concern, now: datetime
) -> None:
    hold = held(medway, concern, now + 3 * MINUTE)
    as_person(medway, "priya")
    at = now + 4 * MINUTE
    still_worried(who=who(medway, "priya", at), concern=concern, words="", at=at)
    with pytest.raises(ReadFirst):
        as_person(medway, "sam")
        holding.look_again(who=who(medway, "sam", at), hold=hold, what="ends", at=at)


@pytest.mark.parametrize("key", ["priya", "joan", "tom", "grace", "ewa"])
def test_nobody_else_reaches_a_hold(
    medway: Cast, concern: Concern, now: datetime, key: str
) -> None:
    hold = held(medway, concern, now + 3 * MINUTE)
    path = f"/medway-green/sealed/holds/{hold.public_id}/"
    assert browser(medway, key).post(path, {"do": "ends"}).status_code == 404


def test_a_reader_who_is_an_adult_of_the_child_holds_nobody_back(
    medway: Cast, concern: Concern, now: datetime
) -> None:
    hold = held(medway, concern, now + 3 * MINUTE)
    Carer.objects.filter(pk=medway.carers["piotr"].pk).update(user_id=medway.user_id("sam"))
    assert "Hold messages back" not in page(medway, "sam", concern)
    path = f"/medway-green/sealed/holds/{hold.public_id}/"
    assert browser(medway, "sam").post(path, {"do": "ends"}).status_code == 404


def test_a_concern_passed_to_the_case_manager_holds_nobody_back(
    medway: Cast, concern: Concern, now: datetime
) -> None:
    decide(hand=hand(medway, "helen", concern, now + 3 * MINUTE), outcome="lado", reason="A grip.")
    assert "Hold messages back" not in page(medway, "ruth", concern)
    with pytest.raises(SafeguardingError):
        holding.hold_back(
            hand=hand(medway, "ruth", concern, now + 4 * MINUTE),
            carer=medway.carers["ewa"],
            reason="x",
        )


def test_the_lead_ends_a_hold_of_a_concern_that_was_passed_on_since(
    medway: Cast, concern: Concern, now: datetime
) -> None:
    hold = held(medway, concern, now + 3 * MINUTE)
    decide(hand=hand(medway, "helen", concern, now + 4 * MINUTE), outcome="lado", reason="A grip.")
    path = f"/medway-green/sealed/holds/{hold.public_id}/"
    assert browser(medway, "helen").post(path, {"do": "ends"}).status_code == 302
    assert not on_hold(medway)
