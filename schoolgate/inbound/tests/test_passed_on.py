"""What comes from no parent, about a child, is the team's: whoever it is passed to sees it."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from email.message import EmailMessage

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils import timezone

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.models import Conversation, Message
from schoolgate.delivery.models import Parcel
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.tests.mails import from_carer, reply_to, written
from schoolgate.inbound.tests.taking import in_tray, of_tray, taken
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast

GRANNY = "granny@example.net"


@pytest.fixture
def item(medway: Cast) -> TrayItem:
    """A grandmother writes about Noah."""
    return in_tray(medway, GRANNY, at=timezone.now(), subject="His bag", body="He left his bag.")


def filed(cast: Cast, item: TrayItem, child: str = "noah") -> TrayItem:
    """The office files it to a child."""
    client = enters(cast, "joan")
    page = f"/medway-green/tray/{item.public_id}/"
    name = cast.children[child].first_name
    assert f"About {name}" in client.get(page, {"asked": name}).text
    place = f"child {cast.children[child].public_id}"
    done = client.post(f"{page}filing/", {"place": place, "asked": name})
    assert (done.status_code, done["Location"]) == (302, "/medway-green/tray/")
    item.refresh_from_db()
    return item


def test_the_childs_tutor_has_it_and_no_family_hears_of_it(medway: Cast, item: TrayItem) -> None:
    before = Conversation.objects.count(), Message.objects.count()
    item = filed(medway, item)
    tutor = item.passed_to
    assert tutor == medway.children["noah"].tutor_group.tutor  # type: ignore[union-attr]  # he has one
    assert item.promise.kept and item.filed_child == medway.children["noah"]
    assert (Conversation.objects.count(), Message.objects.count()) == before
    alert = Parcel.objects.get(member=tutor)
    assert "bag" not in alert.content.text + alert.content.subject
    assert "Noah" not in alert.content.text + alert.content.subject
    assert not Parcel.objects.exclude(member=tutor).exists()


def key_of(cast: Cast, item: TrayItem) -> str:
    """By which key the cast knows whoever has it."""
    return next(key for key, member in cast.team.items() if member == item.passed_to)


def test_they_read_it_and_say_that_they_have_seen_it(medway: Cast, item: TrayItem) -> None:
    item = filed(medway, item)
    client = enters(medway, key_of(medway, item))
    listed = client.get("/medway-green/passed/").text
    assert "His bag" in listed and "not seen yet" in listed
    page = f"/medway-green/passed/{item.public_id}/"
    assert "He left his bag." in client.get(page).text
    assert client.post(f"{page}seen/").status_code == 302
    item.refresh_from_db()
    assert item.seen_at
    assert "You have seen it" in client.get(page).text
    assert Entry.objects.filter(verb="saw what was passed on").count() == 1


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("key", ["nina", "ewa", "joan", "ruth"])
def test_for_everybody_else_it_is_not_there(medway: Cast, item: TrayItem, key: str) -> None:
    item = filed(medway, item)
    client = enters(medway, key)
    assert client.get(f"/medway-green/passed/{item.public_id}/").status_code == 404
    assert client.post(f"/medway-green/passed/{item.public_id}/seen/").status_code == 404


def test_a_child_of_whom_nobody_asked_can_not_be_named(medway: Cast, item: TrayItem) -> None:
    client = enters(medway, "joan")
    place = f"child {medway.children['kuba'].public_id}"
    page = f"/medway-green/tray/{item.public_id}/filing/"
    assert client.post(page, {"place": place}).status_code == 422


def test_kept_mail_of_machines_can_be_looked_up_by_the_office(medway: Cast) -> None:
    note = written(
        from_carer(medway, "nina"),
        medway.school.inbound_address,
        body="Back on 30 November 2026.",
        Auto_Submitted="auto-replied",
    )
    arrival = taken(medway, note, sender=from_carer(medway, "nina"))
    client = enters(medway, "joan")
    assert "It names 30 November 2026" in client.get("/medway-green/tray/").text
    address = f"/medway-green/tray/kept/{arrival.public_id}/original/"
    assert client.get(address).content == note
    assert enters(medway, "nina").get(address).status_code == 404


def test_the_page_shows_what_was_checked_and_the_files(medway: Cast) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = GRANNY, "A picture"
    mail["Message-ID"] = "<g@x>"
    mail.set_content("Look.")
    mail.add_attachment(b"x" * 2048, maintype="image", subtype="png", filename="bag.png")
    arrival = taken(medway, mail.as_bytes(), at=timezone.now())
    Arrival.objects.filter(pk=arrival.pk).update(checks={"spf": "fail", "dmarc": "fail"})
    item = TrayItem.objects.get(arrival=arrival)
    TrayItem.objects.filter(pk=item.pk).update(authentication="failed")
    shown = enters(medway, "joan").get(f"/medway-green/tray/{item.public_id}/").text
    assert "bag.png" in shown and "SPF: fail" in shown and "could not be confirmed" in shown


def test_a_message_shows_its_original_and_its_doubts_to_the_team_alone(medway: Cast) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address)
    conversation = taken(medway, mail, at=timezone.now()).conversation
    assert conversation
    message = conversation.messages.get(direction="family")
    Message.objects.filter(pk=message.pk).update(sender_check="failed")
    original = f"/medway-green/messages/{message.public_id}/original/"
    team, family, other = enters(medway, "priya"), enters(medway, "nina"), enters(medway, "ewa")
    shown = team.get(conversation.page).text
    assert original in shown and "may not be from the address" in shown
    assert team.get(original).content == mail
    shown = family.get(conversation.page).text
    assert original not in shown and "may not be from" not in shown
    for client in (family, other, Client()):
        assert client.get(original).status_code in {302, 404}


def test_that_nobody_could_check_is_shown_as_plainly_as_that_it_failed(medway: Cast) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address)
    conversation = taken(medway, mail, at=timezone.now()).conversation
    assert conversation
    team, family = enters(medway, "priya"), enters(medway, "nina")
    assert "flag stop" in team.get(conversation.page).text
    assert "Nobody could check who sent this" in team.get(conversation.page).text
    assert "Nobody could check" not in family.get(conversation.page).text
    Message.objects.update(sender_check="passed")
    assert "Nobody could check" not in team.get(conversation.page).text
    stranger = taken(medway, written(GRANNY, medway.school.inbound_address), at=timezone.now())
    item = of_tray(stranger)
    shown = enters(medway, "joan").get(f"/medway-green/tray/{item.public_id}/").text
    assert "Nobody could check who sent this" in shown
    TrayItem.objects.update(
        filed_at=timezone.now(),
        filed_by=medway.team["joan"],
        filed_child=medway.children["noah"],
        passed_to=medway.team["priya"],
    )
    assert "Nobody could check" in team.get(f"/medway-green/passed/{item.public_id}/").text


def test_the_absence_note_of_a_mailbox_is_shown_to_the_team_alone(medway: Cast) -> None:
    mail = written(from_carer(medway, "nina"), medway.school.inbound_address)
    conversation = taken(medway, mail, at=timezone.now()).conversation
    assert conversation
    to = reply_to(medway, conversation.pk, "nina")
    note = written(from_carer(medway, "nina"), to, body="Away.", Auto_Submitted="auto-replied")
    taken(medway, note, to=to, at=timezone.now())
    aside = conversation.asides.get()
    original = f"/medway-green/asides/{aside.public_id}/original/"
    team, family = enters(medway, "priya"), enters(medway, "nina")
    assert "answered by itself" in team.get(conversation.page).text
    assert team.get(original).content == note
    assert "answered by itself" not in family.get(conversation.page).text
    assert family.get(original).status_code == 404
    with pytest.raises(ObjectDoesNotExist):
        conversation.messages.get(body="Away.")
