"""The signed links: no signing in, once per person, and looking changes nothing."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from schoolgate.announcements.actions.optional_news import agree_to_news
from schoolgate.announcements.models import Announcement, Answer
from schoolgate.announcements.tests.announcing import goes_out, to_all, to_group
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery import signed_link
from schoolgate.delivery.signed_link import Purpose
from schoolgate.ledger.models import Entry
from schoolgate.people.models import Link, NewsConsent
from schoolgate.rehearsal.cast import Cast


@pytest.fixture
def at() -> datetime:
    """A little while ago: pages ask the clock on the wall."""
    return timezone.now() - timedelta(hours=1)


@pytest.fixture
def slip(medway: Cast, at: datetime) -> Announcement:
    """A trip for the whole school; each family says yes or no for each child."""
    return goes_out(
        medway, "joan", at, to_all(), subject="Trip to the woods", text="May they come?",
        asks="consent", answer_by=at + timedelta(days=3),
    )  # fmt: skip


@pytest.fixture
def confirm(medway: Cast, at: datetime) -> Announcement:
    """Priya asks her class to confirm."""
    return goes_out(medway, "priya", at, to_group(medway, "Oak"), asks="confirm")


def answer_page(cast: Cast, announcement: Announcement, key: str) -> str:
    """Where one person's link leads."""
    return link(cast, Purpose.ANSWER, announcement, key)


def link(cast: Cast, purpose: Purpose, announcement: Announcement, key: str) -> str:
    """One person's link."""
    token = signed_link.make(purpose, content=announcement.content.pk, carer=cast.carers[key].pk)
    return signed_link.path(purpose, slug=cast.school.slug, token=token)


@pytest.mark.clause("3.0-P4")
def test_two_presses_without_signing_in_confirm_for_one_person(
    medway: Cast, confirm: Announcement
) -> None:
    page = answer_page(medway, confirm, "ewa")
    client = Client(enforce_csrf_checks=True)
    for _ in range(3):
        assert "I have this" in client.get(page).content.decode()
    assert not Answer.objects.exists()
    for _ in range(2):
        assert (
            "The school has your answer"
            in client.post(page, {"says": "confirmed", "sure": "yes"}).content.decode()
        )
    (kept,) = Answer.objects.all()
    assert (kept.carer, kept.says, kept.way) == (medway.carers["ewa"], "confirmed", "link")


@pytest.mark.parametrize(
    "pressed",
    [
        {},
        {"says": ""},
        {"sure": "yes"},
        {"says": "confirmed"},
        {"says": "maybe", "sure": "yes"},
        {"says": "CONFIRMED", "sure": "yes"},
    ],
)
def test_nothing_but_a_named_answer_pressed_twice_confirms(
    medway: Cast, confirm: Announcement, pressed: dict[str, str]
) -> None:
    answer = Client().post(answer_page(medway, confirm, "ewa"), pressed)
    assert answer.status_code == 200
    assert "The school has your answer" not in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_machine_that_presses_the_first_button_of_every_page_answers_nothing_by_one_press(
    medway: Cast, slip: Announcement
) -> None:
    page = answer_page(medway, slip, "hannah")
    shown = Client().post(page, {"says": "yes"}).content.decode()
    assert "Once more, so that no machine answers for you." in shown
    assert not Answer.objects.exists()


@pytest.mark.parametrize("pressed", [{}, {"stop": "yes"}, {"List-Unsubscribe": "Maybe"}])
def test_optional_news_ends_by_nothing_but_its_own_answer(
    medway: Cast, at: datetime, pressed: dict[str, str]
) -> None:
    agree_to_news(actor=actor_of(medway, "ewa"), carer=medway.carers["ewa"], way="form", at=at)
    news = goes_out(medway, "joan", at, to_all(), purpose="news", text="A fair.")
    page = link(medway, Purpose.STOP_NEWS, news, "ewa")
    Client().post(page, pressed)
    assert NewsConsent.objects.get().ended_at is None
    Client().post(page, {"stop": "sure"})
    assert NewsConsent.objects.get().ended_at is not None


def test_looking_and_asking_for_the_head_change_nothing(
    medway: Cast, confirm: Announcement, at: datetime
) -> None:
    agree_to_news(actor=actor_of(medway, "ewa"), carer=medway.carers["ewa"], way="form", at=at)
    news = goes_out(medway, "joan", at, to_all(), purpose="news", text="A fair.")
    before = Entry.objects.count()
    for page in (answer_page(medway, confirm, "ewa"), link(medway, Purpose.STOP_NEWS, news, "ewa")):
        assert Client().get(page).status_code == Client().head(page).status_code == 200
    assert Entry.objects.count() == before
    assert not Answer.objects.exists() and NewsConsent.objects.get().ended_at is None


def test_nobody_reads_the_message_behind_somebody_elses_link(
    medway: Cast, slip: Announcement
) -> None:
    page = Client().get(answer_page(medway, slip, "hannah")).content.decode()
    assert "Trip to the woods" in page
    for word in ("May they come?", "Ivy", "Max", "Hannah", "Hale"):
        assert word not in page


def test_where_only_notices_are_sent_not_even_the_subject_shows(trent: Cast, at: datetime) -> None:
    made = goes_out(trent, "owen", at, to_group(trent, "River"), asks="confirm")
    page = Client().get(answer_page(trent, made, "mia")).content.decode()
    assert "Wellies" not in page and "I have this" in page


def test_it_answers_for_each_child_whom_it_concerns_and_can_be_changed(
    medway: Cast, slip: Announcement
) -> None:
    page = answer_page(medway, slip, "hannah")
    Client().post(page, {"says": "yes", "sure": "yes"})
    Client().post(page, {"says": "no", "sure": "yes"})
    kept = slip.answers.values_list("pupil__first_name", "says", "replaced_at")
    assert {(name, says) for name, says, gone in kept if gone is None} == {
        ("Ivy", "no"),
        ("Max", "no"),
    }
    assert {(name, says) for name, says, gone in kept if gone} == {("Ivy", "yes"), ("Max", "yes")}


def test_a_token_does_nothing_for_anybody_else_and_a_wrong_one_is_no_page(
    medway: Cast, confirm: Announcement, slip: Announcement
) -> None:
    good = answer_page(medway, confirm, "ewa")
    stop = link(medway, Purpose.STOP_NEWS, confirm, "ewa")
    token = good.split("/")[3]
    wrong = [
        answer_page(medway, confirm, "rania"),  # was not written to
        answer_page(medway, confirm, "piotr"),  # an order allows nothing
        good.replace(token, token[:-2] + "xx"),
        good.replace(token, ""),
        good.replace(token, "æ" * 20),
        good.replace("medway-green", "nowhere"),
        stop.replace("stop-news", "answer"),
        good.replace("answer", "stop-news"),
    ]
    for page in wrong:
        for answer in (Client().get(page), Client().post(page, {"says": "confirmed"})):
            assert answer.status_code == 404, page
    assert not Answer.objects.exists()


def test_a_link_ends_with_what_its_person_may_receive(medway: Cast, confirm: Announcement) -> None:
    page = answer_page(medway, confirm, "ewa")
    Link.objects.filter(carer=medway.carers["ewa"]).update(ended_at=timezone.now())
    assert Client().get(page).status_code == 404
    assert Client().post(page, {"says": "confirmed"}).status_code == 404


def test_after_the_day_the_page_says_whom_to_ring(medway: Cast, slip: Announcement) -> None:
    Announcement.objects.update(answer_by=timezone.now() - timedelta(minutes=1))
    page = answer_page(medway, slip, "ewa")
    assert "01634" in Client().get(page).content.decode()
    answer = Client().post(page, {"says": "yes", "sure": "yes"})
    assert answer.status_code == 422 and not Answer.objects.exists()


def test_optional_news_ends_by_one_press_of_the_mail_program_itself(
    medway: Cast, at: datetime
) -> None:
    agree_to_news(actor=actor_of(medway, "ewa"), carer=medway.carers["ewa"], way="form", at=at)
    news = goes_out(medway, "joan", at, to_all(), purpose="news", text="A fair.")
    page = link(medway, Purpose.STOP_NEWS, news, "ewa")
    client = Client(enforce_csrf_checks=True)
    answer = client.post(page, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and NewsConsent.objects.get().ended_by == "link"
    assert client.post(page).status_code == 200
    assert link(medway, Purpose.STOP_NEWS, news, "nina") != page


def test_another_schools_link_opens_nothing_here(medway: Cast, confirm: Announcement) -> None:
    page = answer_page(medway, confirm, "ewa").replace("medway-green", "trent-acres")
    assert Client().get(page).status_code == 404
