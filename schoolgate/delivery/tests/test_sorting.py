"""The post room: rows first, judged at the moment of sending, nothing lost with a worker."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.utils import timezone

from schoolgate.conversations.models import Conversation
from schoolgate.conversations.tests.acting import actor_of, answers, writes
from schoolgate.delivery import reply_address
from schoolgate.delivery.actions import sorting
from schoolgate.delivery.actions.claiming import BACKOFF
from schoolgate.delivery.actions.posting import post_code
from schoolgate.delivery.channel import Letter, Words
from schoolgate.delivery.channels import close_lines
from schoolgate.delivery.channels.email.message import as_bytes
from schoolgate.delivery.channels.email.outbox import OutboxChannel, folder
from schoolgate.delivery.errors import AnswerLost, Refused, TryLater
from schoolgate.delivery.models import Content, Parcel
from schoolgate.delivery.tests.posting import Post, sort_once
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.models import ContactRoute, Link, Receives
from schoolgate.people.queries import email_of
from schoolgate.rehearsal.cast import Cast
from schoolgate.response_clock.models import Promise


@pytest.fixture
def answered(medway: Cast, now: datetime) -> Conversation:
    """Ewa wrote about Kuba and Priya answered; both emails wait."""
    past = timezone.now() - timedelta(days=4)
    conversation = writes(medway, "ewa", "kuba", past)
    answers(medway, "priya", conversation, past)
    Parcel.objects.filter(content__purpose="receipt", channel="email").update(state="sent")
    return conversation


def waiting() -> Parcel:
    """The one reply that waits or was sent by email."""
    return Parcel.objects.get(channel="email", content__purpose=Content.Purpose.REPLY)


@pytest.mark.clause("2.1-M2b")
def test_an_answer_leaves_from_the_schools_own_address_to_one_person(
    medway: Cast, answered: Conversation
) -> None:
    post = Post()
    sort_once(medway, post)
    (letter,) = post.letters
    message = BytesParser(policy=policy.default).parsebytes(as_bytes(letter))
    assert str(message["From"]).endswith("<office@medway-green.example.org>")
    assert message.get_all("To") == ["ewa@medway-green.example.org"]
    assert "Cc" not in message and "Bcc" not in message
    assert waiting().state == Parcel.State.SENT


def test_the_reply_address_is_made_for_that_thread_and_that_person(
    medway: Cast, answered: Conversation
) -> None:
    post = Post()
    sort_once(medway, post)
    made_for = reply_address.read(post.letters[0].reply_to)
    assert made_for == reply_address.ReplyTo(answered.pk, medway.carers["ewa"].pk)


def test_a_changed_letter_of_a_reply_address_is_no_address() -> None:
    address = reply_address.make(inbound_address="in@x.example.org", thread=7, carer=8)
    assert reply_address.read(address) == reply_address.ReplyTo(7, 8)
    at = address.index("@") - 3
    for letter in "abcdefgh":
        forged = address[:at] + letter + address[at + 1 :]
        assert forged == address or reply_address.read(forged) is None


@pytest.mark.clause("2.2-T5")
def test_an_order_that_begins_after_the_writing_stops_the_email(
    medway: Cast, answered: Conversation
) -> None:
    begin_limit(
        actor=actor_of(medway, "ruth"),
        link=Link.objects.get(carer=medway.carers["ewa"]),
        at_most=Receives.NOTHING,
        says="order",
        at=timezone.now() - timedelta(seconds=1),
    )
    post = Post()
    sort_once(medway, post)
    assert post.letters == []
    assert waiting().state == Parcel.State.NOT_ENTITLED


@pytest.mark.clause("3.0-P4")
def test_a_temporary_no_is_tried_again_later_and_a_final_one_is_told(
    medway: Cast, answered: Conversation
) -> None:
    sort_once(medway, Post(TryLater("451 later")))
    parcel = waiting()
    assert parcel.state == Parcel.State.WAITING and parcel.next_try_at > timezone.now()
    Parcel.objects.filter(pk=parcel.pk).update(next_try_at=timezone.now())
    sort_once(medway, Post(Refused("550 nobody here")))
    assert waiting().state == Parcel.State.FAILED
    assert [one.outcome for one in parcel.attempts.order_by("pk")] == ["temporary", "permanent"]
    assert Promise.objects.get(subject=answered.public_id).open


def test_a_lost_answer_is_recorded_as_in_doubt_and_repeated_with_the_same_id(
    medway: Cast, answered: Conversation
) -> None:
    post = Post(AnswerLost("the line broke"))
    sort_once(medway, post)
    Parcel.objects.filter(pk=waiting().pk).update(next_try_at=timezone.now())
    sort_once(medway, post)
    first, second = post.letters
    assert first.key == second.key
    assert list(waiting().attempts.order_by("pk").values_list("outcome", flat=True)) == [
        "in doubt",
        "accepted",
    ]


def test_after_the_last_try_it_has_failed(medway: Cast, answered: Conversation) -> None:
    for _ in range(len(BACKOFF) + 1):
        Parcel.objects.filter(pk=waiting().pk).update(next_try_at=timezone.now())
        sort_once(medway, Post(TryLater()))
    assert waiting().state == Parcel.State.FAILED


def test_a_carer_without_an_address_has_no_email_and_is_answered_in_the_portal(
    medway: Cast, now: datetime
) -> None:
    conversation = writes(medway, "hal", "leo", now)
    answers(medway, "andy", conversation, now)
    assert set(Parcel.objects.values_list("channel", flat=True)) == {"portal"}


def test_the_address_is_looked_up_when_it_leaves_and_not_when_it_was_written(
    medway: Cast, answered: Conversation
) -> None:
    ContactRoute.objects.filter(carer=medway.carers["ewa"]).update(value="new@example.org")
    post = Post()
    sort_once(medway, post)
    assert post.letters[0].to == "new@example.org"


def test_from_another_domain_nothing_leaves(medway: Cast, answered: Conversation) -> None:
    words = Words(
        sender="priya@example.com", sender_name="P", subject="s", text="t",
        domains=("medway-green.example.org",),
    )  # fmt: skip
    from_elsewhere = Letter(key="1", to="a@example.org", reply_to="b@example.org", words=words)
    with pytest.raises(Refused, match="own domains"):
        OutboxChannel().send(from_elsewhere)


@pytest.mark.clause("2.1-M2c")
def test_a_sensitive_thread_is_only_announced(medway: Cast, answered: Conversation) -> None:
    Content.objects.update(sensitive=True)
    post = Post()
    sort_once(medway, post)
    letter = post.letters[0]
    assert letter.words.subject == "You have a message from Medway Green School"
    assert "good day" not in letter.words.text
    assert "Kuba" not in letter.words.text + letter.words.subject


@pytest.fixture
def tidy_outbox(settings: object, tmp_path: object) -> Iterator[None]:
    """An outbox of the test's own."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    close_lines()
    yield
    close_lines()


def test_the_demos_outbox_keeps_each_letter_as_a_file(
    medway: Cast, answered: Conversation, settings: object, tidy_outbox: None
) -> None:
    settings.EMAIL_URL = "outbox:"  # type: ignore[attr-defined]
    assert sorting.sort(school_id=medway.school.pk) == 1
    (path,) = folder().glob("*.eml")
    read = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert "it was a good day" in read.get_body(("plain",)).get_content()


def test_an_email_that_waits_does_not_leave_to_a_family_with_no_safe_route(
    medway: Cast, answered: Conversation
) -> None:
    post = Post()
    begin_no_safe_route(
        actor=actor_of(medway, "joan"),
        carer=medway.carers["ewa"],
        held_by=medway.team["sam"],
        words="In person, at drop-off",
        at=timezone.now(),
    )
    sort_once(medway, post)
    assert post.letters == [] and waiting().state == Parcel.State.NOT_ENTITLED
    portal = Parcel.objects.filter(channel="portal", content__purpose=Content.Purpose.REPLY)
    assert portal.get().state == Parcel.State.SENT


def test_no_code_leaves_to_the_address_of_somebody_with_no_safe_route(medway: Cast) -> None:
    at = timezone.now()
    begin_no_safe_route(
        actor=actor_of(medway, "joan"),
        carer=medway.carers["ewa"],
        held_by=medway.team["sam"],
        words="In person, at drop-off",
        at=at,
    )
    content = Content.objects.create(
        school=medway.school, purpose=Content.Purpose.CODE, subject="x", text="x", written_at=at
    )
    for address in (email_of(medway.carers["ewa"]), email_of(medway.carers["nina"])):
        post_code(content=content, address=address, at=at - timedelta(minutes=1))
    post = Post()
    sort_once(medway, post)
    assert [letter.to for letter in post.letters] == [email_of(medway.carers["nina"])]


@pytest.mark.clause("3.0-P4")
@pytest.mark.parametrize(
    ("said", "fails"),
    [("550 5.1.1 no such mailbox", True), ("554 5.7.1 looks like spam", False)],
)
def test_an_address_that_nobody_has_fails_from_then_and_refused_words_say_nothing_of_it(
    medway: Cast, answered: Conversation, said: str, fails: bool
) -> None:
    sort_once(medway, Post(Refused(said)))
    assert waiting().state == Parcel.State.FAILED
    route = ContactRoute.objects.get(carer=medway.carers["ewa"], kind="email")
    assert (route.failing_since is not None) is fails
