"""Words that worry are looked for in all that a family wrote, wherever it stands; not in ours."""

from datetime import timedelta
from pathlib import Path

import pytest

from schoolgate.conversations.actions.replying import reply
from schoolgate.conversations.models import Conversation, Message, Suggestion
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.models import Content, Parcel
from schoolgate.inbound.actions.filing import file_in_thread
from schoolgate.inbound.explaining import dangers_in
from schoolgate.inbound.mail.comparing import Sent
from schoolgate.inbound.tests.mails import from_carer, reply_to, written
from schoolgate.inbound.tests.taking import NOW, in_tray, of_tray, taken
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.models import Matter

CASES = Path(__file__).parent / "cases"
LATER = NOW + timedelta(hours=1)
ABOVE = "On Mon, 23 Nov 2026 at 10:05, Tom <office@medway-green.example.org> wrote:"
DANGER = "He says he wants to kill himself."


@pytest.fixture
def thread(medway: Cast) -> Conversation:
    """Hannah's conversation about Max."""
    arrival = taken(medway, written(from_carer(medway, "hannah"), medway.school.inbound_address))
    assert arrival.conversation
    return arrival.conversation


def answered(cast: Cast, thread: Conversation, words: str) -> Content:
    """What Tom answers, as it leaves."""
    tom = cast.team["tom"]
    at = NOW + timedelta(minutes=5)
    message = reply(actor=actor_of(cast, "tom"), member=tom, conversation=thread, body=words, at=at)
    return Content.objects.get(message=message.public_id)


def joins(cast: Cast, thread: Conversation, body: str, **more: str) -> Message:
    """Hannah answers by her reply address."""
    to = reply_to(cast, thread.pk, "hannah")
    more.setdefault("subject", f"Re: {thread.subject}")
    mail = written(from_carer(cast, "hannah"), to, body=body, In_Reply_To="<x@y>", **more)
    arrival = taken(cast, mail, to=to, at=LATER)
    assert arrival.conversation == thread
    return thread.messages.filter(direction="family").latest("id")


def dangers(message: Message) -> list[str]:
    """What stands there as danger."""
    return list(Suggestion.objects.filter(message=message, kind="danger").values_list("words"))


@pytest.mark.clause("2.2-T5")
def test_danger_below_a_quotation_is_found(medway: Cast, thread: Conversation) -> None:
    answered(medway, thread, "It was a good day.")
    message = joins(medway, thread, f"See below.\n\n{ABOVE}\n> It was a good day.\n> {DANGER}")
    assert message.folded
    assert dangers(message)


def test_danger_in_a_signature_is_found(medway: Cast, thread: Conversation) -> None:
    message = joins(medway, thread, f"Thank you.\n\n-- \n{DANGER}")
    assert message.folded
    assert dangers(message)


def test_what_we_sent_ourselves_is_not_held_against_a_family(
    medway: Cast, thread: Conversation
) -> None:
    answered(medway, thread, f"You wrote: {DANGER}\nWe have seen to it.")
    quoted = "> You wrote: He says he wants to\n> kill himself.\n> We have seen to it."
    message = joins(medway, thread, f"Thank you.\n\n{ABOVE}\n{quoted}")
    assert message.folded
    assert not dangers(message)


def test_what_the_family_wrote_before_is_not_raised_again_by_each_answer(
    medway: Cast, thread: Conversation
) -> None:
    assert dangers(joins(medway, thread, DANGER))
    again = joins(medway, thread, f"Did you read this?\n\n{ABOVE}\n> {DANGER}")
    assert not dangers(again)


def test_a_strangers_folded_words_are_looked_through_in_the_tray(medway: Cast) -> None:
    body = f"See below.\n\nOn Mon, 23 Nov 2026 at 10:05, X <x@example.net> wrote:\n> {DANGER}"
    item = in_tray(medway, "x@example.net", subject="Re: Max", body=body, In_Reply_To="<a@b>")
    assert item.folded
    assert dangers_in(item)
    ill = body.replace(DANGER, "Max is poorly and will not be in school today.")
    in_tray(medway, "x@example.net", subject="Re: Max", body=ill, In_Reply_To="<a@b>")
    assert Matter.objects.filter(kind="absence", tray__isnull=False).exists()


@pytest.mark.parametrize("name", ["outlook-inline.eml"])
def test_answers_written_into_an_outlook_quotation_show(
    medway: Cast, thread: Conversation, name: str
) -> None:
    content = answered(medway, thread, "Does Max swim?\n\nMay he have ice cream?\n\nTom Reid")
    to = reply_to(medway, thread.pk, "hannah")
    raw = (
        (CASES / name)
        .read_bytes()
        .replace(b"hannah@medway-green.example.org", from_carer(medway, "hannah").encode())
    )
    taken(medway, raw, to=to, at=LATER)
    message = thread.messages.filter(direction="family").latest("id")
    assert "Only with armbands, he cannot swim." in message.body
    assert "No, dairy makes him ill." in message.body
    assert message.folded == ""
    assert content.thread == thread.pk


def outlook(body: str) -> str:
    """An answer above what Outlook quotes without marks."""
    head = "From: School <office@medway-green.example.org>\nSent: 23 November 2026\nTo: Hannah"
    return f"Thank you.\n\n{head}\nSubject: Today\n\n{body}"


def test_an_outlook_quotation_without_answers_stays_folded(
    medway: Cast, thread: Conversation
) -> None:
    answered(medway, thread, "Dear Hannah,\n\nit was a good day.\n\nTom Reid")
    message = joins(medway, thread, outlook("Dear Hannah,\n\nit was a good\nday.\n\nTom Reid\n"))
    assert message.body == "Thank you."
    assert message.folded


def test_a_scanners_footer_below_our_mail_is_no_answer(medway: Cast, thread: Conversation) -> None:
    answered(medway, thread, "Dear Hannah,\n\nit was a good day.")
    footer = "This email has been scanned for viruses."
    message = joins(medway, thread, outlook(f"Dear Hannah,\n\nit was a good day.\n\n{footer}"))
    assert message.body == "Thank you."


def test_the_subject_of_a_reply_is_shown_when_it_is_another(
    medway: Cast, thread: Conversation
) -> None:
    message = joins(medway, thread, "As I said.", subject="Re: Leila is being hurt by her uncle")
    assert message.body == "Subject: Re: Leila is being hurt by her uncle\n\nAs I said."
    assert dangers(message)


def test_a_subject_for_today_is_on_the_list(medway: Cast, thread: Conversation) -> None:
    joins(medway, thread, "Thank you.", subject="Max is ill and not coming to school today")
    assert Matter.objects.filter(kind="absence").exists()


@pytest.mark.parametrize("before", ["", "Re: ", "RE: Re: ", "Odp: ", "AW: ", "[External] Re: "])
def test_the_subject_that_we_know_is_not_said_again(
    medway: Cast, thread: Conversation, before: str
) -> None:
    answered(medway, thread, "It was a good day.")
    assert joins(medway, thread, "Thanks.", subject=f"{before}{thread.subject}").body == "Thanks."
    sent = Parcel.objects.filter(carer=thread.carer, content__thread=thread.pk).latest("pk")
    assert joins(medway, thread, "Hm.", subject=f"{before}{sent.content.subject}").body == "Hm."


def test_the_subject_of_what_a_person_files_is_shown_too(
    medway: Cast, thread: Conversation
) -> None:
    mail = written(
        from_carer(medway, "hannah"),
        medway.school.inbound_address,
        subject="Re: He is afraid of the bus",
        body="Please ring.",
        In_Reply_To="<a@b>",
    )
    item = of_tray(taken(medway, mail))
    file_in_thread(
        actor=actor_of(medway, "joan"),
        member=medway.team["joan"],
        item=item,
        conversation=thread,
        at=LATER,
    )
    message = thread.messages.filter(direction="family").latest("id")
    assert message.body.startswith("Subject: Re: He is afraid of the bus")


def test_lines_are_compared_word_by_word_however_they_are_wrapped() -> None:
    sent = Sent.of(["It was a good day, and he ate\nall of his lunch. See https://x.example/a"])
    assert sent.has("> it was a good day, and he")
    assert sent.has("ate all of his lunch.")
    assert not sent.has("He ate none of it.")
    assert sent.not_in_it("> a good day\nHe hit me.\n>\n> lunch") == "He hit me."


@pytest.mark.parametrize(
    ("body", "below"),
    [
        ("Yes.\n\n-- \nHannah Hale\n07700 900123", "signature"),
        ("Yes.\n\nSent from my iPhone", "signature"),
        (f"Yes.\n\n{ABOVE}\n> It was a good day.", "earlier"),
        (f"Yes.\n\n-- \nHannah\n\n{ABOVE}\n> It was a good day.", "both"),
    ],
)
def test_a_signature_is_not_called_earlier_words(
    medway: Cast, thread: Conversation, body: str, below: str
) -> None:
    assert joins(medway, thread, body).lies_below == below
