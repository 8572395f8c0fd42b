"""Who writes to the tray hears that a person will look, and nothing that tells of anybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.delivery.models import Parcel
from schoolgate.inbound.actions.acknowledging import acknowledge
from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import read
from schoolgate.inbound.models import Arrival
from schoolgate.inbound.queries import senders_of
from schoolgate.inbound.tests.mails import from_carer, written
from schoolgate.inbound.tests.taking import NOW, taken
from schoolgate.rehearsal.cast import Cast

STRANGER = "gran@elsewhere.example"


def notes() -> list[Parcel]:
    """The notes to plain addresses."""
    return list(Parcel.objects.exclude(address="").select_related("content").order_by("pk"))


def strangers(cast: Cast, verdict: Authentication, **more: str) -> Parcel | None:
    """What a stranger hears whose address was checked with a result."""
    content = written(STRANGER, cast.school.inbound_address, **more)
    arrival = taken(cast, content, sender=STRANGER)
    assert notes() == []
    arrival.authentication = verdict
    return acknowledge(arrival, read(content), [])


def known(cast: Cast, at: datetime = NOW) -> Arrival:
    """A mail of Nina's that looks like a reply and lies in the tray."""
    mail = written(from_carer(cast, "nina"), cast.school.inbound_address, subject="Re: Today")
    return taken(cast, mail, at=at)


def test_a_known_sender_in_the_tray_hears_once_a_day(medway: Cast) -> None:
    known(medway)
    known(medway, NOW + timedelta(hours=1))
    assert [one.address for one in notes()] == [from_carer(medway, "nina")]
    known(medway, NOW + timedelta(days=1))
    assert len(notes()) == 2


def test_the_note_is_the_same_for_a_stranger_and_for_a_known_sender(medway: Cast) -> None:
    stranger = strangers(medway, Authentication.PASSED)
    assert stranger is not None
    arrival = known(medway)
    told = [one.content.text for one in notes()]
    assert len(told) == 2 and len(set(told)) == 1
    names = [
        *(carer.name for carer in senders_of(medway.school, read(b"From: x@y.z\n\n"), NOW)),
        *(pupil.first_name for pupil in medway.children.values()),
        *(carer.name for carer in medway.carers.values()),
    ]
    assert not [name for name in names if name in told[0]]
    assert arrival.became == Arrival.Became.TRAY


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("verdict", [Authentication.UNKNOWN, Authentication.FAILED])
def test_a_stranger_whose_address_is_not_proved_hears_nothing(
    medway: Cast, verdict: Authentication
) -> None:
    assert strangers(medway, verdict) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"List_Id": "<a.b.example>"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
    ],
)
def test_no_machine_and_no_list_is_answered(medway: Cast, headers: dict[str, str]) -> None:
    assert strangers(medway, Authentication.PASSED, **headers) is None


def test_our_own_address_is_not_answered(medway: Cast) -> None:
    own = medway.school.inbound_address
    arrival = taken(medway, written(own, own), sender=own)
    arrival.authentication = Authentication.PASSED
    assert acknowledge(arrival, read(written(own, own)), []) is None


def test_at_night_it_says_where_to_turn_now(medway: Cast) -> None:
    known(medway, datetime(2026, 11, 28, 23, tzinfo=UTC))
    (note,) = notes()
    assert "999" in note.content.text and "no one is reading" in note.content.text


def test_where_email_goes_by_isams_nothing_leaves_by_ours(trent: Cast) -> None:
    mail = written(from_carer(trent, "mia"), trent.school.inbound_address, subject="Re: Today")
    if trent.school.settings.email_route == "isams":
        assert taken(trent, mail).became == Arrival.Became.TRAY
        assert notes() == []


def test_a_report_is_not_answered(medway: Cast) -> None:
    arrival = known(medway)
    mail = replace(read(written(STRANGER, "x@example.org")), is_automatic=True)
    assert acknowledge(arrival, mail, []) is None
