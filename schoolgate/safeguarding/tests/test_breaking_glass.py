"""Breaking the glass: one concern beyond one's sight, with a reason, seen by head and group."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import who
from schoolgate.rehearsal.cast import Cast
from schoolgate.safeguarding.actions import recording
from schoolgate.safeguarding.actions.breaking_glass import break_glass
from schoolgate.safeguarding.errors import ReasonMissing
from schoolgate.safeguarding.models import BrokenGlass, Concern, Step
from schoolgate.safeguarding.tests.acting import EVERYBODY, as_person, hand, raises, reads
from schoolgate.school.tenancy import see


@pytest.fixture
def kept(medway: Cast, now: datetime) -> Concern:
    """A concern that is kept from Sam."""
    concern = raises(medway, "ewa", now)
    reads(medway, "helen", concern, now)
    recording.keep_from(
        hand=hand(medway, "helen", concern, now + timedelta(minutes=1)),
        member=medway.team["sam"],
        reason="His niece.",
    )
    return concern


def breaks(cast: Cast, key: str, at: datetime, reason: str = "Nobody answers.") -> UUID | None:
    """Somebody asks for what is held about Kuba."""
    as_person(cast, key)
    return break_glass(who=who(cast, key, at), pupil=cast.children["kuba"], reason=reason, at=at)


def test_a_deputy_from_whom_it_is_kept_opens_it_with_a_reason(
    medway: Cast, kept: Concern, now: datetime
) -> None:
    as_person(medway, "sam")
    assert not Concern.objects.exists()
    with pytest.raises(ReasonMissing):
        breaks(medway, "sam", now, " ")
    assert breaks(medway, "sam", now) == kept.public_id
    assert Concern.objects.get() == kept and Step.objects.exists()


def test_the_groups_lead_opens_it_before_it_has_climbed(
    medway: Cast, kept: Concern, now: datetime
) -> None:
    assert breaks(medway, "grace", now) == kept.public_id
    assert Concern.objects.get() == kept


@pytest.mark.parametrize("key", ["priya", "joan", "tom", "ewa", "dee"])
def test_nobody_without_a_safeguarding_role_breaks_it(
    medway: Cast, kept: Concern, now: datetime, key: str
) -> None:
    assert breaks(medway, key, now) is None
    assert not BrokenGlass.objects.exists()


@pytest.mark.parametrize("key", ["helen", "sam", "grace"])
def test_it_never_opens_one_about_an_adult(medway: Cast, now: datetime, key: str) -> None:
    raises(medway, "priya", now, adult=True)
    assert breaks(medway, key, now) is None
    assert not Concern.objects.exists()
    assert BrokenGlass.objects.get().concern_id is None  # the asking is kept


@pytest.mark.parametrize(
    ("after", "sees"),
    [
        (timedelta(), True),
        (timedelta(hours=24, microseconds=-1), True),
        (timedelta(hours=24), False),
        (timedelta(days=3), False),
    ],
)
def test_it_lasts_a_day_to_the_microsecond(
    medway: Cast, kept: Concern, now: datetime, after: timedelta, sees: bool
) -> None:
    breaks(medway, "sam", now)
    see(school_id=medway.school.pk, user_id=medway.user_id("sam"), at=now + after)
    assert Concern.objects.exists() is sees


def test_the_head_and_the_groups_lead_see_who_broke_it_and_why(
    medway: Cast, kept: Concern, now: datetime
) -> None:
    breaks(medway, "sam", now)
    seen = set()
    for key in EVERYBODY:
        as_person(medway, key)
        if BrokenGlass.objects.exists():
            seen.add(key)
    assert seen == {"ruth", "grace", "sam"}
    for key, shown in (("ruth", True), ("grace", True), ("helen", False)):
        page = enter(key, medway, medway)[0].get("/medway-green/sealed/glass/").content.decode()
        assert ("Nobody answers." in page) is shown


def test_the_page_opens_it_and_says_when_there_is_nothing(
    medway: Cast, kept: Concern, now: datetime
) -> None:
    page = "/medway-green/sealed/glass/"
    sam, _ = enter("sam", medway, medway)
    form = {"pupil": str(medway.children["kuba"].public_id), "words": "Nobody answers."}
    answer = sam.post(page, form)
    assert answer["Location"].endswith(f"/sealed/{kept.public_id}/")
    assert sam.get(answer["Location"]).status_code == 200
    nothing = sam.post(page, {**form, "pupil": str(medway.children["ivy"].public_id)}, follow=True)
    assert "Nothing is held" in nothing.content.decode()
