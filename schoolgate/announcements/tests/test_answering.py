"""Answers: once per person, counted per child, changed until the day, and nothing forgotten."""

from datetime import datetime, timedelta

import pytest

from schoolgate.announcements.actions.answering import Given, answer, confirmed
from schoolgate.announcements.actions.optional_news import agree_to_news, stop_news
from schoolgate.announcements.errors import DayHasPassed, NotAsked, NotForThem
from schoolgate.announcements.models import Announcement, Answer
from schoolgate.announcements.queries import silent
from schoolgate.announcements.tests.announcing import goes_out, people, rows, to_all, to_group
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.outcomes import Confirmed
from schoolgate.people.models import NewsConsent
from schoolgate.rehearsal.cast import Cast


def says(
    medway: Cast, key: str, made: Announcement, words: str, at: datetime, *children: str
) -> int:
    """A carer answers by the link."""
    return answer(
        actor=actor_of(medway, key),
        carer=medway.carers[key],
        announcement=made,
        given=Given(
            says=words, children=[medway.children[child] for child in children], way="link"
        ),
        at=at,
    )


def history(made: Announcement) -> list[tuple[str, bool]]:
    """Every answer with whether it stands."""
    return [(one.says, one.replaced_at is None) for one in made.answers.all()]


@pytest.mark.clause("3.0-P4")
def test_a_confirmation_counts_once_per_person(medway: Cast, now: datetime) -> None:
    made = goes_out(medway, "priya", now, to_group(medway, "Oak"), asks="confirm")
    assert says(medway, "hannah", made, "confirmed", now, "max") == 1
    assert says(medway, "hannah", made, "confirmed", now, "max") == 0
    assert Answer.objects.count() == 1
    quiet = {carer.called for carer in medway.carers.values() if carer.pk in silent(made)}
    assert quiet == people(made) - {"Hannah"}


def test_a_slip_is_counted_per_child_and_one_parents_answer_is_enough(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "joan", now, to_all(), asks="consent")
    says(medway, "gareth", made, "yes", now, "ivy")
    left = silent(made)
    assert left[medway.carers["hannah"].pk] == (medway.children["max"].pk,)
    assert says(medway, "hannah", made, "no", now, "ivy", "max") == 2
    assert medway.carers["gareth"].pk not in silent(made)
    assert made.answers.filter(pupil=medway.children["ivy"], replaced_at=None).count() == 2


def test_an_answer_can_be_changed_until_the_day_and_both_stand(medway: Cast, now: datetime) -> None:
    made = goes_out(
        medway, "priya", now, to_group(medway, "Oak"), asks="yes or no",
        answer_by=now + timedelta(days=2),
    )  # fmt: skip
    says(medway, "ewa", made, "yes", now, "kuba")
    says(medway, "ewa", made, "no", now + timedelta(days=1), "kuba")
    assert history(made) == [("yes", False), ("no", True)]
    with pytest.raises(DayHasPassed):
        says(medway, "ewa", made, "yes", now + timedelta(days=3), "kuba")
    assert history(made) == [("yes", False), ("no", True)]


def test_only_what_was_asked_can_be_answered(medway: Cast, now: datetime) -> None:
    plain = goes_out(medway, "priya", now, to_group(medway, "Oak"))
    slip = goes_out(medway, "priya", now, to_group(medway, "Oak"), asks="consent", text="May they?")
    with pytest.raises(NotAsked):
        says(medway, "ewa", plain, "confirmed", now, "kuba")
    with pytest.raises(NotAsked):
        says(medway, "ewa", slip, "confirmed", now, "kuba")
    with pytest.raises(NotForThem):
        says(medway, "ewa", slip, "yes", now)


def test_optional_news_goes_to_those_who_agreed_and_ending_it_stops_no_service(
    medway: Cast, now: datetime
) -> None:
    ewa = medway.carers["ewa"]
    agree_to_news(actor=actor_of(medway, "ewa"), carer=ewa, way="portal", at=now)
    agree_to_news(actor=actor_of(medway, "ewa"), carer=ewa, way="portal", at=now)
    assert NewsConsent.objects.count() == 1
    news = goes_out(medway, "joan", now, to_all(), purpose="news", text="A fair.")
    assert {name for name, channel, _ in rows(news) if channel == "email"} == {"Ewa"}
    for _ in range(2):
        stop_news(actor=actor_of(medway, "ewa"), carer=ewa, way="link", at=now)
    assert ("Ewa", "email", "taken back") in rows(news)
    service = goes_out(medway, "joan", now, to_all(), text="School opens at nine.")
    assert ("Ewa", "email", "waiting") in rows(service)


def test_pressing_1_in_a_call_is_a_confirmation_and_counts_once(
    medway: Cast, now: datetime
) -> None:
    made = goes_out(medway, "joan", now, to_all(), asks="confirm")
    assert made.content is not None
    heard = Confirmed(
        content=made.content, carer=medway.carers["ewa"], at=now + timedelta(hours=1), way="voice"
    )
    confirmed(heard)
    confirmed(heard)
    (kept,) = Answer.objects.filter(announcement=made)
    assert (kept.says, kept.way, kept.carer) == ("confirmed", "phone", medway.carers["ewa"])
