"""Letters: one print job, one letter for a household that gets the same, no unsafe address."""

from datetime import datetime, timedelta

import pytest

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import actor_of
from schoolgate.delivery.actions.printing import (
    judge_letters,
    lay_out,
    make_batch,
    mark_posted,
    to_take_out,
)
from schoolgate.delivery.actions.publishing import Addressee, publish
from schoolgate.delivery.channels.letter.typesetting import Sheet
from schoolgate.delivery.errors import NothingToPrint
from schoolgate.delivery.models import Attempt, Content, LetterBatch, Parcel, Priority
from schoolgate.people.actions.describing import protect_address
from schoolgate.people.actions.homes import set_address, wipe_protected
from schoolgate.people.errors import AddressProtected
from schoolgate.people.models import Carer, Household, HouseholdStay, Link
from schoolgate.people.queries import homes_of
from schoolgate.rehearsal.cast import Cast
from schoolgate.school import files
from schoolgate.school.tenancy import see

LINES = ["1 Rehearsal Row", "Wouldham", "ME1 0AA"]


def home(cast: Cast, at: datetime, *keys: str, lines: list[str] | None = None) -> Household:
    """A household of some of the cast."""
    household = Household.objects.create(school=cast.school, name="Home")
    for key in keys:
        HouseholdStay.objects.create(
            school=cast.school, household=household, carer=cast.carers[key], since=at.date()
        )
    set_address(actor=actor_of(cast, "dee"), household=household, lines=lines or [], at=at)
    return household


def post(cast: Cast, at: datetime, *to: tuple[str, str], **fields: object) -> Content:
    """Letters to carers, each about a child."""
    values: dict[str, object] = {"purpose": "service", "subject": "Trip", "text": "We go."}
    content = Content.objects.create(school=cast.school, written_at=at, **{**values, **fields})
    publish(
        content=content,
        addressees=[
            Addressee(
                carer=cast.carers[carer].pk, children=[cast.children[child].pk], channel="letter"
            )
            for carer, child in to
        ],
        priority=Priority.SERVICE,
        at=at,
    )
    return content


def printed(cast: Cast, at: datetime) -> tuple[LetterBatch, list[Sheet]]:
    """A batch, and its sheets as they were laid out."""
    waiting = list(Parcel.objects.filter(channel="letter", state="waiting").order_by("pk"))
    judgements = judge_letters(cast.school, waiting, at)
    entitled = [one for one in waiting if judgements[one.pk].person]
    job, _parcels = lay_out(cast.school, entitled, judgements)
    return make_batch(actor=actor_of(cast, "dee"), school=cast.school, at=at), list(
        job.job.values()
    )


def two_of(cast: Cast) -> tuple[str, str]:
    """Another carer of Kuba besides Ewa, made entitled to the same."""
    Link.objects.update_or_create(
        carer=cast.carers["nina"],
        pupil=cast.children["kuba"],
        defaults={"school": cast.school, "relationship": "aunt", "receives": 3},
    )
    return "ewa", "nina"


def test_a_household_that_gets_the_same_gets_one_letter(medway: Cast, now: datetime) -> None:
    one, other = two_of(medway)
    for key in (one, other):
        medway.carers[key].language, medway.carers[key].needs = "en", []
        medway.carers[key].save()
    home(medway, now, one, other, lines=LINES)
    post(medway, now, (one, "kuba"), (other, "kuba"))
    batch, (sheet,) = printed(medway, now)
    assert batch.letters == 1
    assert sheet.to == (
        f"{medway.carers[one].name} and {medway.carers[other].name}",
        *LINES,
    )
    assert any("Kuba" in line for paragraph in sheet.words for line in paragraph)
    assert files.read(batch.pdf).startswith(b"%PDF-")
    assert Parcel.objects.filter(state="printed", batch=batch).count() == 2


@pytest.mark.clause("2.2-T5")
def test_different_children_or_languages_are_never_mixed(medway: Cast, now: datetime) -> None:
    one, other = two_of(medway)
    home(medway, now, one, other, lines=LINES)
    medway.carers[other].language = "pl"
    medway.carers[other].save()
    medway.carers[one].language = "en"
    medway.carers[one].save()
    post(medway, now, (one, "kuba"), (other, "kuba"))
    batch, sheets = printed(medway, now)
    assert batch.letters == 2 and {sheet.language for sheet in sheets} == {"en", "pl"}


def test_without_an_address_a_letter_is_handed_over_by_name(medway: Cast, now: datetime) -> None:
    post(medway, now, ("ewa", "kuba"))
    _batch, (sheet,) = printed(medway, now)
    assert sheet.to == ("To be handed over:", medway.carers["ewa"].name)


def test_the_office_writes_down_where_post_goes_and_not_where_it_is_protected(
    medway: Cast, now: datetime
) -> None:
    household = home(medway, now, "ewa", "piotr")
    client, _who = enter("joan", medway, medway)
    path = f"/medway-green/people/{medway.carers['ewa'].public_id}/post/"
    client.post(path, {"lines": "1 Rehearsal Row\r\n\r\n ME1 0AA "})
    see(school_id=medway.school.pk)
    household.refresh_from_db()
    assert household.address == "1 Rehearsal Row\nME1 0AA"
    client.post(f"/medway-green/people/{medway.carers['piotr'].public_id}/protection/")
    page = client.post(path, {"lines": "1 Rehearsal Row"}, follow=True).content.decode()
    see(school_id=medway.school.pk)
    household.refresh_from_db()
    assert household.address == "" and "is protected" in page and "1 Rehearsal Row" not in page


def test_an_import_that_protects_somebody_forgets_the_address(medway: Cast, now: datetime) -> None:
    household = home(medway, now, "ewa", lines=LINES)
    Carer.objects.filter(pk=medway.carers["ewa"].pk).update(protected_address=True)
    wipe_protected(medway.school.pk)
    household.refresh_from_db()
    assert household.address == ""


def test_a_protected_address_is_never_kept_nor_printed(medway: Cast, now: datetime) -> None:
    household = home(medway, now, "ewa", lines=LINES)
    protect_address(actor=actor_of(medway, "dee"), carer=medway.carers["ewa"], at=now)
    household.refresh_from_db()
    assert household.address == ""
    with pytest.raises(AddressProtected):
        set_address(actor=actor_of(medway, "dee"), household=household, lines=LINES, at=now)
    Household.objects.filter(pk=household.pk).update(address="\n".join(LINES))
    assert homes_of([medway.carers["ewa"].pk])[medway.carers["ewa"].pk].address == ()


@pytest.mark.clause("2.2-T5")
def test_who_may_not_have_it_gets_no_letter_and_one_already_printed_is_taken_out(
    medway: Cast, now: datetime
) -> None:
    post(medway, now, ("ewa", "kuba"), ("piotr", "kuba"))
    batch, sheets = printed(medway, now)
    assert len(sheets) == 1 and batch.letters == 1  # an order forbids Piotr's
    assert to_take_out(batch, now) == []
    Link.objects.filter(carer=medway.carers["ewa"]).update(receives=0)
    assert to_take_out(batch, now) == [medway.carers["ewa"].name]
    mark_posted(actor=actor_of(medway, "dee"), batch=batch, at=now)
    assert set(Parcel.objects.values_list("state", flat=True)) == {"not entitled"}


def test_posting_settles_the_letters_once(medway: Cast, now: datetime) -> None:
    post(medway, now, ("ewa", "kuba"))
    batch, _sheets = printed(medway, now)
    later = now + timedelta(hours=1)
    first = mark_posted(actor=actor_of(medway, "dee"), batch=batch, at=later)
    again = mark_posted(actor=actor_of(medway, "dee"), batch=batch, at=later + timedelta(hours=1))
    parcel = Parcel.objects.get(channel="letter")
    assert (parcel.state, parcel.ended_at, first.posted_at) == ("sent", later, again.posted_at)
    assert Attempt.objects.filter(parcel=parcel).count() == 1


def test_where_nothing_waits_nothing_is_printed(medway: Cast, now: datetime) -> None:
    with pytest.raises(NothingToPrint):
        make_batch(actor=actor_of(medway, "dee"), school=medway.school, at=now)
    post(medway, now, ("ewa", "kuba"))
    printed(medway, now)
    with pytest.raises(NothingToPrint):
        make_batch(actor=actor_of(medway, "dee"), school=medway.school, at=now)


def test_large_print_is_larger(medway: Cast, now: datetime) -> None:
    medway.carers["ewa"].needs = ["large print"]
    medway.carers["ewa"].save()
    post(medway, now, ("ewa", "kuba"))
    _batch, (sheet,) = printed(medway, now)
    assert sheet.large_print
