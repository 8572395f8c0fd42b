"""Words of danger in what is for today: the ways that work stand there before it goes."""

import re
import uuid

import pytest
from django.test import Client

from schoolgate.announcements.tests.entering import enters
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.models import Collection, Matter

HERE = "/medway-green"
DANGER = "He says he wants to kill himself."
KINDS = ("absence", "collection", "transport", "health", "other", "urgent")


@pytest.fixture
def ewa(medway: Cast) -> Client:
    """Ewa, signed in."""
    return enters(medway, "ewa")


def form(cast: Cast, kind: str, words: str = DANGER, **more: str) -> dict[str, str]:
    """What stands in either form."""
    pupil = str(cast.children["kuba"].public_id)
    filled = {"pupil": pupil, "words": words, "once": str(uuid.uuid4()), **more}
    return {"who": "Maria Lis", **filled} if kind == "collection" else filled


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_press_shows_the_ways_and_keeps_every_word(
    medway: Cast, ewa: Client, kind: str
) -> None:
    sent = form(medway, kind)
    answer = ewa.post(f"{HERE}/today/{kind}/", sent)
    page = answer.text
    assert answer.status_code == 200
    assert 'href="tel:999"' in page and "has not gone yet" in page
    assert DANGER in page and re.search(r'name="once"[^>]*value="[0-9a-f-]{36}"', page)
    assert "Send it to the school office for today" in page
    assert "Tell the safeguarding lead instead" in page
    assert not Matter.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_press_always_sends_and_the_ways_stand_there_once_more(
    medway: Cast, ewa: Client, kind: str
) -> None:
    answer = ewa.post(f"{HERE}/today/{kind}/", form(medway, kind, routes_seen="on"))
    assert Matter.objects.filter(kind=kind, chosen="family").count() == 1
    assert answer["Location"].endswith("?routes=now#routes-now")
    assert "999" in ewa.get(answer["Location"]).text


@pytest.mark.parametrize("kind", ["absence", "urgent"])
def test_the_page_that_comes_back_sends_as_it_stands(medway: Cast, ewa: Client, kind: str) -> None:
    """With scripts off: what the browser would send of the page, and the button's own name."""
    page = ewa.post(f"{HERE}/today/{kind}/", form(medway, kind)).text
    filled = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    chosen = re.search(r'<option value="([^"]+)" selected', page)
    words = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", page)
    button = re.search(r'name="(routes_seen)" value="(on)"', page)
    assert words and button
    if chosen:
        filled["pupil"] = chosen[1]
    ewa.post(f"{HERE}/today/{kind}/", {**filled, "words": words[1], button[1]: button[2]})
    matter = Matter.objects.get(kind=kind)
    assert matter.pupil == medway.children["kuba"]
    assert matter.message is not None and DANGER in matter.message.body


def test_what_is_typed_about_who_collects_counts_too(medway: Cast, ewa: Client) -> None:
    sent = form(medway, "collection", words="", relationship="he hits me and the children")
    assert 'href="tel:999"' in ewa.post(f"{HERE}/today/collection/", sent).text
    assert not Collection.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_ordinary_and_angry_words_go_at_the_first_press(
    medway: Cast, ewa: Client, kind: str
) -> None:
    for words in ("A seizure at six.", "You are useless and I will go to the press!"):
        answer = ewa.post(f"{HERE}/today/{kind}/", form(medway, kind, words))
        assert answer.status_code == 302 and "routes" not in answer["Location"]


def test_what_must_be_put_right_is_said_before_the_ways(medway: Cast, ewa: Client) -> None:
    answer = ewa.post(f"{HERE}/today/collection/", form(medway, "collection") | {"who": ""})
    assert answer.status_code == 422 and DANGER in answer.text


def test_telling_the_safeguarding_lead_instead_carries_the_words_over(
    medway: Cast, ewa: Client
) -> None:
    page = ewa.post(f"{HERE}/worried/", form(medway, "urgent", carried="on")).text
    assert DANGER in page and "Tell the safeguarding lead now" in page
    assert not Matter.objects.exists()
