"""The sealed pages: the queue, the record, the case manager's own list, the log of views."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.access import MOST_AT_REST
from schoolgate.safeguarding.actions import recording
from schoolgate.safeguarding.models import Concern, Step, View
from schoolgate.safeguarding.states import State
from schoolgate.safeguarding.tests.acting import as_person, hand, raises, reads, state

SEALED = "/medway-green/sealed/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at() -> datetime:
    """An hour ago."""
    return timezone.now() - timedelta(hours=1)


def browser(cast: Cast, key: str) -> Client:
    """A signed-in browser of somebody."""
    return enter(key, cast, cast)[0]


def read(cast: Cast, key: str, path: str = "") -> str:
    """What a sealed page says to somebody."""
    return browser(cast, key).get(SEALED + path).content.decode()


def writes(cast: Cast, key: str, concern: Concern, **form: str) -> int:
    """Somebody writes the next row; the status of the answer."""
    return browser(cast, key).post(f"{SEALED}{concern.public_id}/steps/", form).status_code


def test_the_queue_says_who_was_told_and_who_is_next_with_initials_only(
    medway: Cast, at: datetime
) -> None:
    raises(medway, "ewa", at)
    page = read(medway, "helen")
    assert "Not read yet" in page and "Helen Okafor, Ruth Calloway, Sam Birch" in page
    assert "K.M., Oak" in page and "Kuba" not in page and "afraid" not in page


def test_what_is_unread_stands_first(medway: Cast, at: datetime) -> None:
    first = raises(medway, "ewa", at)
    second = raises(medway, "priya", at + MINUTE)
    reads(medway, "helen", second, at + 2 * MINUTE)
    page = read(medway, "sam")
    assert page.index(str(first.public_id)) < page.index(str(second.public_id))


def test_a_concern_is_read_decided_acted_on_and_closed_on_its_page(
    medway: Cast, at: datetime
) -> None:
    concern = raises(medway, "ewa", at)
    assert "afraid" in read(medway, "helen", f"{concern.public_id}/")
    assert writes(medway, "helen", concern, do="decide", outcome="monitor", words="Why.") == 302
    due = "2026-01-05T10:00"
    assert writes(medway, "helen", concern, do="act", words="Ring her.", due_at=due) == 302
    assert "was due" in read(medway, "sam")
    as_person(medway, "helen")
    action = Step.objects.get(kind="action")
    form = {"do": "done", "action": str(action.public_id), "words": "Rung."}
    assert writes(medway, "sam", concern, **form) == 302
    assert writes(medway, "sam", concern, do="close", words="Well.") == 302
    assert state(medway, "helen", concern) is State.CLOSED
    assert "Put right" in read(medway, "helen", f"{concern.public_id}/")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"do": "act", "words": "Kept words.", "due_at": ""}, "Kept words."),
        ({"do": "close", "words": "Kept words."}, "Kept words."),
    ],
)
def test_what_is_refused_keeps_its_words(
    medway: Cast, at: datetime, form: dict[str, str], said: str
) -> None:
    concern = raises(medway, "ewa", at)
    reads(medway, "helen", concern, at)
    recording.decide(hand=hand(medway, "helen", concern, at + MINUTE), outcome="monitor",
                     reason="Why.")  # fmt: skip
    recording.act(hand=hand(medway, "helen", concern, at + MINUTE), words="Ring.", due_at=at)
    answer = browser(medway, "helen").post(f"{SEALED}{concern.public_id}/steps/", form)
    assert answer.status_code == 422
    if form["do"] == "act":
        assert said in answer.content.decode()


def test_an_unknown_move_is_not_there(medway: Cast, at: datetime) -> None:
    assert writes(medway, "helen", raises(medway, "ewa", at), do="burn", words="x") == 404


def test_after_passing_it_on_the_lead_is_back_in_the_queue_without_it(
    medway: Cast, at: datetime
) -> None:
    concern = raises(medway, "ewa", at)
    helen = browser(medway, "helen")
    helen.get(f"{SEALED}{concern.public_id}/")
    answer = helen.post(
        f"{SEALED}{concern.public_id}/steps/",
        {"do": "decide", "outcome": "lado", "words": "A grip."},
        follow=True,
    )
    assert "It is not in your list any more" in answer.content.decode()
    assert helen.get(f"{SEALED}{concern.public_id}/").status_code == 404
    assert str(concern.public_id) in read(medway, "ruth", "adults/")
    assert str(concern.public_id) not in read(medway, "ruth")


@pytest.mark.parametrize("key", ["helen", "sam", "priya", "joan"])
def test_the_case_managers_list_is_not_there_for_others(medway: Cast, key: str) -> None:
    assert browser(medway, key).get(f"{SEALED}adults/").status_code == 404


def test_a_chronology_joins_everything_about_one_child_and_prints(
    medway: Cast, at: datetime
) -> None:
    raises(medway, "ewa", at)
    raises(medway, "priya", at + MINUTE)
    path = f"children/{medway.children['kuba'].public_id}/"
    page = read(medway, "helen", path)
    assert page.count("afraid") == 2 and page.index("Ewa") < page.index("Priya")
    paper = browser(medway, "helen").get(f"{SEALED}{path}paper/")
    assert paper.content.startswith(b"%PDF") and "no-store" in paper["Cache-Control"]
    assert browser(medway, "grace").get(SEALED + path).status_code == 404


def test_every_opening_is_logged_here_and_never_in_the_ledger(medway: Cast, at: datetime) -> None:
    concern = raises(medway, "ewa", at)
    for _ in range(2):
        read(medway, "helen", f"{concern.public_id}/")
    read(medway, "helen", f"children/{medway.children['kuba'].public_id}/")
    as_person(medway, "ruth")
    assert [one.what for one in View.objects.order_by("pk")] == ["concern", "concern", "chronology"]
    assert not Entry.objects.exists()
    assert "Helen Okafor" in read(medway, "ruth", "views/")


def test_the_log_of_one_about_a_deputy_is_kept_from_that_deputy(medway: Cast, at: datetime) -> None:
    concern = raises(medway, "priya", at, adult=True, member=medway.team["sam"])
    read(medway, "ruth", f"{concern.public_id}/")
    assert "Ruth Calloway" in read(medway, "ruth", "views/")
    for key in ("sam", "helen"):
        page = read(medway, key, "views/")
        assert "Ruth Calloway" not in page and "Nothing has been opened" in page


def test_what_is_open_stays_in_the_queue_however_many_came_after_it(
    medway: Cast, at: datetime
) -> None:
    first = raises(medway, "ewa", at - timedelta(days=30))
    as_person(medway, "ewa")
    Concern.objects.bulk_create(
        Concern(
            school=medway.school,
            raised_by_carer=medway.carers["ewa"],
            author_user_id=medway.user_id("ewa"),
            words="x",
            raised_at=at,
        )
        for _ in range(MOST_AT_REST + 1)
    )
    assert str(first.public_id) in read(medway, "helen")
    reads(medway, "helen", first, at + MINUTE)
    recording.decide(
        hand=hand(medway, "helen", first, at + MINUTE), outcome="monitor", reason="Why."
    )
    recording.close(hand=hand(medway, "helen", first, at + 2 * MINUTE), words="Well.")
    page = read(medway, "helen")
    assert page.rindex(str(first.public_id)) > page.rindex("Not read yet")
