"""Somebody whose sign-in ended while they wrote keeps their words."""

from django.test import Client

from schoolgate.rehearsal.cast import Cast


def test_words_written_after_the_sign_in_ended_are_given_back(medway: Cast, client: Client) -> None:
    answer = client.post("/medway-green/write/", {"body": "A long letter about lunch."})
    assert answer.status_code == 401
    assert "A long letter about lunch." in answer.content.decode()
    assert "/account/login/" in answer.content.decode()


def test_without_words_the_way_leads_to_the_sign_in_page(medway: Cast, client: Client) -> None:
    answer = client.post("/medway-green/write/", {"body": " "})
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]
