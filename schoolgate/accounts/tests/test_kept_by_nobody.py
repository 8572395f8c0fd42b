"""What somebody sees while signed in is in no cache, and what they typed comes back to them."""

from urllib.parse import unquote

import pytest
from django.test import Client

from house_rules.entering import enter
from schoolgate.rehearsal.cast import Cast

PAGES = {
    "ewa": ("", "write/", "worried/", "from-school/", "how-we-write/"),
    "priya": ("to-answer/", "conversations/", "worried/"),
    "helen": ("sealed/", "to-answer/"),
    "joan": ("people/", "tray/", "calendar/"),
}


@pytest.mark.parametrize(
    ("key", "page"), [(key, page) for key, pages in PAGES.items() for page in pages]
)
def test_a_page_that_needs_a_sign_in_is_kept_by_no_cache(medway: Cast, key: str, page: str) -> None:
    client, _ = enter(key, medway, medway)
    answer = client.get(f"/medway-green/{page}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_nor_is_one_that_refuses(medway: Cast) -> None:
    client, _ = enter("ewa", medway, medway)
    for page in ("sealed/", "people/", "write/"):
        assert "no-store" in client.post(f"/medway-green/{page}")["Cache-Control"]


def test_what_is_the_same_for_everybody_may_be_kept(medway: Cast) -> None:
    client, _ = enter("ewa", medway, medway)
    assert "public" in client.get("/medway-green/colours.css")["Cache-Control"]


def test_signing_out_tells_the_browser_to_let_go(medway: Cast) -> None:
    client, _ = enter("ewa", medway, medway)
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache"'


WORDS = "He did not sleep.\nAnd the lunch box is lost."


def test_who_was_signed_out_meanwhile_gets_every_word_back(medway: Cast) -> None:
    form = {"body": WORDS, "subject": "A bad night"}
    here = "http://testserver/medway-green/write/"
    answer = Client().post("/medway-green/write/", form, headers={"referer": here})
    page = answer.content.decode()
    assert answer.status_code == 401 and WORDS in page and "A bad night" in page
    assert "next=/medway-green/write/" in page


def test_a_lost_token_gives_the_words_back_with_a_fresh_one(medway: Cast) -> None:
    client, _ = enter("ewa", medway, medway)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    form = {"body": WORDS, "once": "00000000-0000-4000-8000-00000000f00d"}
    ours = {"origin": "http://testserver"}
    answer = strict.post("/medway-green/write/", form, headers=ours)
    page = answer.content.decode()
    assert answer.status_code == 403 and WORDS in page and form["once"] in page
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = strict.post("/medway-green/write/", form | {"csrfmiddlewaretoken": token}, headers=ours)
    assert again.status_code == 302


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_made_a_browser_send_is_not_sent_on_from_here(
    medway: Cast, origin: str
) -> None:
    client, _ = enter("ewa", medway, medway)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    headers = {"origin": origin} if origin else {}
    answer = strict.post("/medway-green/write/", {"body": WORDS}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 403 and "Send it now" not in page
    assert "csrfmiddlewaretoken" not in page


def test_only_what_was_taken_is_said_to_have_been_taken(medway: Cast) -> None:
    client, _ = enter("ewa", medway, medway)
    assert "taken" not in client.post("/medway-green/write/", {"body": ""}).cookies
    once = {"once": "00000000-0000-4000-8000-00000000f00d"}
    answer = client.post("/medway-green/write/", {"body": WORDS} | once)
    assert unquote(answer.cookies["taken"].value) == "/medway-green/write/"
    for taken in (Client().post("/medway-green/write/", {"body": WORDS}),):
        assert "taken" not in taken.cookies
