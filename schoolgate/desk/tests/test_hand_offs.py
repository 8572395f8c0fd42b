"""The office's hand-offs to iSAMS: prepared, taken as a file, marked sent or given back."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import io
import zipfile
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements.tests.announcing import goes_out, to_group
from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.actions.replying import reply
from schoolgate.conversations.tests.acting import actor_of, answers, writes
from schoolgate.delivery.hand_off_clock import to_be_sent_by
from schoolgate.delivery.models import Bundle, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.models import Carer, Link, Receives
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

AT = "/trent-acres/hand-offs/"


@pytest.fixture
def here(db: None) -> Cast:
    cache.clear()
    return assemble("trent-acres", timezone.now())


def by(here: Cast, key: str = "carol") -> Client:
    return enter(key, here, here)[0]


def owes(here: Cast, hours: int = 0) -> int:
    """An announcement to River is owed; the number of its content."""
    at = timezone.now() - timedelta(hours=hours)
    return goes_out(here, "owen", at, to_group(here, "River")).content_id or 0


def prepared(here: Cast, client: Client) -> Bundle:
    client.post(f"{AT}{owes(here)}/bundles/")
    see(school_id=here.school.pk)
    return Bundle.objects.get()


def shown(client: Client) -> str:
    return client.get(AT).content.decode()


def states(here: Cast) -> set[str]:
    see(school_id=here.school.pk)
    rows = Parcel.objects.filter(channel="email", content__purpose="service")
    return set(rows.values_list("state", flat=True))


@pytest.mark.clause("2.1-M2a")
def test_an_announcement_is_prepared_taken_and_marked_sent(here: Cast) -> None:
    client = by(here)
    bundle = prepared(here, client)
    page = shown(client)
    assert "Prepared for 2 people" in page and "0 emails to families left by another" in page
    file = client.get(f"{AT}bundles/{bundle.public_id}/file/")
    assert file["Content-Disposition"].startswith('attachment; filename="isams-')
    assert "recipients.csv" in zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    client.post(f"{AT}bundles/{bundle.public_id}/sending/", {"reference": "W-3"})
    assert states(here) == {"handed off"}
    assert "Nothing is owed." in shown(client)
    assert client.get(f"{AT}bundles/{bundle.public_id}/file/").status_code == 404
    see(school_id=here.school.pk)
    assert Entry.objects.filter(verb="took the file of a hand-off").count() == 1


def test_a_bundle_that_was_not_sent_is_given_back(here: Cast) -> None:
    client = by(here)
    bundle = prepared(here, client)
    client.post(f"{AT}bundles/{bundle.public_id}/giving-back/")
    assert states(here) == {"owed"}
    assert "Prepare for iSAMS" in shown(client)


def test_without_a_reference_nothing_is_recorded(here: Cast) -> None:
    client = by(here)
    bundle = prepared(here, client)
    sending = f"{AT}bundles/{bundle.public_id}/sending/"
    assert client.post(sending, {"reference": " "}).status_code == 422
    assert states(here) == {"owed"}


@pytest.mark.clause("2.1-M2a")
def test_whoever_lost_it_meanwhile_is_named_and_has_to_be_answered_for(here: Cast) -> None:
    client = by(here)
    bundle = prepared(here, client)
    see(school_id=here.school.pk)
    begin_limit(
        actor=actor_of(here, "carol"), at_most=Receives.NOTHING, says="order",
        link=Link.objects.get(carer=here.carers["mia"]), at=timezone.now(),
    )  # fmt: skip
    assert "Mia Marsh may not have this any more" in shown(client)
    sending = f"{AT}bundles/{bundle.public_id}/sending/"
    assert client.post(sending, {"reference": "W-3"}).status_code == 422
    assert states(here) == {"owed"}
    see(school_id=here.school.pk)
    parcel = Parcel.objects.get(bundle=bundle, carer=here.carers["mia"])
    client.post(sending, {"reference": "W-3", f"lost-{parcel.pk}": "taken out"})
    assert states(here) == {"handed off", "not entitled"}


def test_whom_isams_does_not_know_is_said_with_what_to_do(here: Cast) -> None:
    client = by(here)
    Carer.objects.filter(pk=here.carers["mia"].pk).update(external_id="")
    prepared(here, client)
    assert "iSAMS does not know one of them (not-in-isams.csv). Ring them" in shown(client)


def test_what_is_late_comes_first_and_says_so(here: Cast) -> None:
    owes(here)
    late = owes(here, hours=24 * 60)
    page = shown(by(here))
    assert page.index(f"{AT}{late}/bundles/") < page.rindex("/bundles/")
    assert page.count(">Late<") == 1 and "To be sent by" in page


@pytest.mark.parametrize(
    ("since", "by_when"),
    [
        ("2026-11-23T10:00+00:00", "2026-11-23T11:00+00:00"),
        ("2026-11-20T15:30+00:00", "2026-11-23T08:30+00:00"),  # over a weekend
        ("2026-12-18T15:30+00:00", "2027-01-04T08:30+00:00"),  # over the holidays
        ("2026-10-23T14:30+00:00", "2026-10-26T08:30+00:00"),  # the clocks went back
    ],
)
def test_one_working_hour_of_the_office_is_the_time(here: Cast, since: str, by_when: str) -> None:
    moment = datetime.fromisoformat(since)
    assert to_be_sent_by(here.school, moment) == datetime.fromisoformat(by_when)


@pytest.mark.clause("2.1-M2a")
def test_a_reply_shows_its_promise_and_may_be_marked_sent_at_once(here: Cast) -> None:
    at = timezone.now() - timedelta(minutes=5)
    answers(here, "owen", writes(here, "stan", "reece", at), at)
    client = by(here)
    assert "The family was promised an answer by" in shown(client)
    see(school_id=here.school.pk)
    number = Parcel.objects.get(channel="email").public_id
    client.post(AT, {"parcel": str(number), "reference": "W-1"})
    see(school_id=here.school.pk)
    assert Parcel.objects.get(channel="email").state == "handed off"


@pytest.mark.clause("2.1-M2a")
def test_a_reply_to_somebody_who_may_not_have_it_any_more_is_not_shown_to_be_sent(
    here: Cast,
) -> None:
    at = timezone.now() - timedelta(minutes=5)
    answers(here, "owen", writes(here, "stan", "reece", at), at)
    Link.objects.filter(carer=here.carers["stan"]).update(ended_at=timezone.now())
    client = by(here)
    page = shown(client)
    assert "They may not have it any more" in page and "good day" not in page
    see(school_id=here.school.pk)
    content = Parcel.objects.get(channel="email").content_id
    client.post(f"{AT}{content}/bundles/")
    see(school_id=here.school.pk)
    assert Parcel.objects.get(channel="email").state == "not entitled"


@pytest.mark.parametrize("key", ["owen", "mia", "idris"])
def test_only_the_office_and_leaders_take_the_file(here: Cast, key: str) -> None:
    bundle = prepared(here, by(here))
    assert by(here, key).get(f"{AT}bundles/{bundle.public_id}/file/").status_code == 404


def test_the_head_of_another_school_finds_nothing(here: Cast) -> None:
    bundle = prepared(here, by(here))
    other = assemble("medway-green", timezone.now())
    outsider, _ = enter("ruth", other, other)
    for school in ("trent-acres", "medway-green"):
        file = f"/{school}/hand-offs/bundles/{bundle.public_id}/file/"
        assert outsider.get(file).status_code == 404


def test_the_files_of_a_reply_are_in_its_bundle(here: Cast) -> None:
    at = timezone.now() - timedelta(minutes=5)
    reply(
        actor=actor_of(here, "owen"), member=here.team["owen"], body="Here is the form.", at=at,
        conversation=writes(here, "stan", "reece", at),
        uploads=[Upload(name="form.txt", content=b"a form")],
    )  # fmt: skip
    client = by(here)
    see(school_id=here.school.pk)
    client.post(f"{AT}{Parcel.objects.get(channel='email').content_id}/bundles/")
    see(school_id=here.school.pk)
    file = client.get(f"{AT}bundles/{Bundle.objects.get().public_id}/file/")
    assert zipfile.ZipFile(io.BytesIO(file.content)).read("attachments/1-form.txt") == b"a form"
