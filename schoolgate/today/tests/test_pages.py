"""The pages of today, without a script: two presses, a link, the office's list."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from schoolgate.announcements.tests.entering import enters
from schoolgate.conversations.tests.acting import answers
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.models import Collection, Matter
from schoolgate.today.tests.acting import has_number, link_sent, long_known

HERE = "/medway-green"


def once(page: str) -> str:
    """The number that makes two presses one."""
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return found[1]


def tell(client: Client, kind: str, **fields: str) -> str:
    """Fill the page in and press the button; where it leads."""
    page = client.get(f"{HERE}/today/{kind}/").text
    pupil = re.search(r'name="pupil" value="([^"]+)"', page)
    assert pupil
    done = client.post(f"{HERE}/today/{kind}/", {"pupil": pupil[1], "once": once(page), **fields})
    assert done.status_code == 302, done.text
    return str(done["Location"])


def test_ill_today_is_two_presses_from_home(medway: Cast) -> None:
    client = enters(medway, "ewa")
    assert f"{HERE}/today/absence/?child=" in client.get(f"{HERE}/").text
    where = tell(client, "absence")
    assert "Nobody has seen this yet" in client.get(where).text
    assert "Nobody has seen this yet" in client.get(f"{HERE}/").text


def test_the_same_page_sent_twice_is_one(medway: Cast) -> None:
    client = enters(medway, "ewa")
    page = client.get(f"{HERE}/today/absence/").text
    pupil = re.search(r'name="pupil" value="([^"]+)"', page)
    assert pupil
    for _again in range(2):
        client.post(f"{HERE}/today/absence/", {"pupil": pupil[1], "once": once(page)})
    assert Matter.objects.count() == 1


def test_the_office_presses_seen_and_the_family_reads_when(medway: Cast) -> None:
    where = tell(enters(medway, "ewa"), "absence")
    joan = enters(medway, "joan")
    page = joan.get(f"{HERE}/for-today/").text
    assert "Kuba Malinowski" in page
    joan.post(f"{HERE}/for-today/seeing/", {"matter": str(Matter.objects.get().public_id)})
    read = enters(medway, "ewa").get(where).text
    assert "The office has seen this at" in read
    assert "Joan" not in read


@pytest.mark.parametrize("person", ["joan", "priya", "tom"])
def test_it_stands_first_in_the_side_bar_on_every_page(medway: Cast, person: str) -> None:
    tell(enters(medway, "ewa"), "absence")
    page = enters(medway, person).get(f"{HERE}/to-answer/").text
    assert re.search(r'For today <span class="quiet num">1</span>', page)


def test_somebody_else_collects_by_a_link_on_a_known_number(medway: Cast) -> None:
    now = timezone.now()
    long_known(medway, "ewa", now)
    has_number(medway, "ewa", now - timedelta(days=9))
    ewa = enters(medway, "ewa")
    where = tell(ewa, "collection", who="Maria Lis", relationship="aunt", at="15:15")
    assert "Not confirmed yet" in ewa.get(where).text
    link = f"{HERE}/today/confirming/{link_sent()}/"
    nobody = Client()
    assert "Did you ask for this?" in nobody.get(link).text
    assert Collection.objects.get().state == "waiting", "Looking changes nothing."
    assert "Kuba" not in nobody.get(link).text, "A link alone reads no name."
    for pressed in ({}, {"says": "yes"}, {"says": "no"}, {"says": "", "child": "Kuba"},
                    {"child": "Kuba"}, {"says": "maybe", "child": "Kuba"},
                    {"says": "yes", "child": "Noah"}, {"says": "no", "child": "x"}):  # fmt: skip
        assert "Confirmed. Thank you." not in nobody.post(link, pressed).text, pressed
        assert Collection.objects.get().state == "waiting", pressed
    answer = nobody.post(link, {"says": "yes", "child": " kuba "})
    assert "Confirmed. Thank you." in answer.text
    assert "Confirmed" in ewa.get(where).text
    assert "Confirmed" in enters(medway, "joan").get(f"{HERE}/for-today/pick-ups/").text


def test_refused_and_waiting_read_the_same_to_the_family(medway: Cast) -> None:
    now = timezone.now()
    long_known(medway, "ewa", now)
    ewa = enters(medway, "ewa")
    waiting = ewa.get(tell(ewa, "collection", who="Maria Lis")).text
    refused = ewa.get(tell(ewa, "collection", who="Piotr Malinowski")).text
    assert Collection.objects.get(who="Piotr Malinowski").state == "refused"
    strip = [r"Maria Lis|Piotr Malinowski", r"[0-9a-f-]{36}", r'value="[^"]+"', r"nonce-\S+"]
    for pattern in strip:
        waiting, refused = re.sub(pattern, "", waiting), re.sub(pattern, "", refused)
    assert waiting == refused


def test_the_office_reads_no_reasons_and_the_head_decides(medway: Cast) -> None:
    ewa = enters(medway, "ewa")
    tell(ewa, "collection", who="Piotr Malinowski")
    page = enters(medway, "joan").get(f"{HERE}/for-today/pick-ups/").text
    assert "Refused" in page
    assert "Check who may decide" not in page
    ruth = enters(medway, "ruth")
    assert "Check who may decide" in ruth.get(f"{HERE}/for-today/pick-ups/").text
    matter = Collection.objects.get().matter
    deciding = f"{HERE}/for-today/pick-ups/{matter.public_id}/deciding/"
    assert enters(medway, "joan").post(deciding, {"because": "It is fine."}).status_code == 404
    ruth.post(deciding, {"because": "I spoke with the court."})
    assert Collection.objects.get().state == "confirmed"


def test_the_office_confirms_by_a_number_on_the_page_alone(medway: Cast) -> None:
    now = timezone.now()
    number = has_number(medway, "ewa", now - timedelta(days=9))
    new = has_number(medway, "ewa", now, "07700 900777")
    tell(enters(medway, "ewa"), "collection", who="Maria Lis")
    joan = enters(medway, "joan")
    page = joan.get(f"{HERE}/for-today/pick-ups/").text
    assert number.value in page and new.value not in page
    matter = Collection.objects.get().matter
    ringing = f"{HERE}/for-today/pick-ups/{matter.public_id}/ringing/"
    joan.post(ringing, {"route": new.pk})
    assert Collection.objects.get().state == "waiting"
    joan.post(ringing, {"route": number.pk})
    assert Collection.objects.get().confirmed_by_route == ContactRoute.objects.get(pk=number.pk)


def test_i_cannot_ring_is_a_conversation_with_minutes(medway: Cast) -> None:
    ewa = enters(medway, "ewa")
    assert "I can’t ring" in ewa.get(f"{HERE}/urgent/").text
    page = ewa.get(f"{HERE}/today/urgent/").text
    done = ewa.post(f"{HERE}/today/urgent/", {"words": "He has no key.", "once": once(page)})
    matter = Matter.objects.get(kind="urgent")
    assert done["Location"].endswith(f"/today/{matter.public_id}/")
    assert matter.conversation is not None and matter.conversation.side == "school"


def test_ring_me_back_asks_for_the_familys_interpreter_once(medway: Cast) -> None:
    ewa = enters(medway, "ewa")
    assert "Ring me back, with an interpreter" in ewa.get(f"{HERE}/urgent/").text
    for _again in range(2):
        ewa.post(f"{HERE}/today/ring-me/")
    matter = Matter.objects.get()
    assert matter.conversation is not None
    assert matter.conversation.call_tasks.count() == 1
    assert "pl" in matter.conversation.messages.get(direction="family").body


def test_a_register_is_taken_on_a_phone_and_the_office_rings(medway: Cast) -> None:
    priya = enters(medway, "priya")
    group = medway.groups["Oak"].pk
    page = priya.get(f"{HERE}/registers/{group}/").text
    assert "Noah Reed" in page
    priya.post(f"{HERE}/registers/{group}/", {"missing": str(medway.children["noah"].public_id)})
    listed = enters(medway, "joan").get(f"{HERE}/missing/").text
    assert "Noah Reed" in listed and "Do not phone" in listed
    assert enters(medway, "lena").get(f"{HERE}/registers/{group}/").status_code == 404


def test_what_was_written_urgently_and_answered_is_with_the_family(medway: Cast) -> None:
    ewa = enters(medway, "ewa")
    page = ewa.get(f"{HERE}/today/urgent/").text
    ewa.post(f"{HERE}/today/urgent/", {"words": "He has no key.", "once": once(page)})
    thread = Matter.objects.get(kind="urgent").conversation
    assert thread is not None and thread.queue == "office"
    answers(medway, "joan", thread, timezone.now())
    assert "Something urgent" in enters(medway, "joan").get(f"{HERE}/with-the-family/").text
