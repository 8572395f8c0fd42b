"""What is owed of one content goes to iSAMS as one bundle for each set of words, and once."""

import csv
import io
import re
import zipfile
from datetime import datetime, timedelta

import pytest

from schoolgate.announcements.models import Announcement
from schoolgate.announcements.tests.announcing import goes_out, to_group
from schoolgate.conversations.states import State
from schoolgate.conversations.tests.acting import actor_of, answers, fresh, writes
from schoolgate.delivery.actions.bundle_files import File, bundle_name, bundle_zip
from schoolgate.delivery.actions.bundling import give_back, mark_sent, prepare
from schoolgate.delivery.errors import BundleClosed, NobodyLeft, SomeLostIt
from schoolgate.delivery.models import Bundle, Content, ContentWords, Parcel
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.models import Carer, Link, Receives
from schoolgate.rehearsal.cast import Cast


def content_of(made: Announcement) -> Content:
    assert made.content is not None
    return made.content


@pytest.fixture
def owed(trent: Cast, now: datetime) -> Content:
    """An announcement to everybody in River and Lake, as the office owes it."""
    return content_of(goes_out(trent, "owen", now, to_group(trent, "River")))


def bundle_of(cast: Cast, content: Content, at: datetime) -> Bundle:
    (made,) = prepare(actor=actor_of(cast, "carol"), content=content, at=at)
    return made


def sent(cast: Cast, bundle: Bundle, at: datetime, **more: list[int]) -> int:
    office = actor_of(cast, "carol")
    return mark_sent(actor=office, bundle=bundle, reference="W-9", at=at, **more)


def opened(bundle: Bundle, at: datetime, *files: File) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(bundle_zip(bundle=bundle, files=files, at=at))) as found:
        return {name: found.read(name).decode("utf-8-sig") for name in found.namelist()}


def states(content: Content) -> dict[str, str]:
    """By carer how their email stands."""
    rows = Parcel.objects.filter(content=content, channel="email")
    return dict(rows.values_list("carer__external_id", "state"))


def order_against(cast: Cast, carer: str, child: str, at: datetime) -> None:
    begin_limit(
        actor=actor_of(cast, "carol"),
        link=Link.objects.get(carer=cast.carers[carer], pupil=cast.children[child]),
        at_most=Receives.NOTHING,
        says="order",
        at=at,
    )


@pytest.mark.clause("2.1-M2a")
def test_what_is_owed_is_one_bundle_and_one_press_hands_all_of_it_off(
    trent: Cast, owed: Content, now: datetime
) -> None:
    many = len(states(owed))
    assert many > 1
    bundle = bundle_of(trent, owed, now)
    assert sent(trent, bundle, now + timedelta(minutes=9)) == many
    assert set(states(owed).values()) == {"handed off"}
    assert set(Parcel.objects.filter(bundle=bundle).values_list("reference", flat=True)) == {"W-9"}
    with pytest.raises(BundleClosed):
        sent(trent, bundle, now + timedelta(minutes=10))
    verbs = Entry.objects.filter(object_id=str(bundle.public_id)).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "prepared a hand-off",
        "recorded a hand-off",
    ]


@pytest.mark.clause("2.1-M2a")
def test_the_file_has_isams_numbers_and_words_that_name_nobody(
    trent: Cast, owed: Content, now: datetime
) -> None:
    bundle = bundle_of(trent, owed, now)
    files = opened(bundle, now, File("../../map.pdf", b"%PDF"))
    assert set(files) == {
        "recipients.csv", "subject.txt", "body.txt", "body.html", "attachments/1-map.pdf",
    }  # fmt: skip
    head, *rows = csv.reader(io.StringIO(files["recipients.csv"]))
    assert head == ["iSAMS person id", "Name", "Relation"]
    assert {row[0] for row in rows} == set(states(owed))
    assert any("of Tilly" in row[2] for row in rows)
    assert files["subject.txt"] == "Wellies on Friday\n"
    words = files["body.txt"] + files["body.html"]
    assert "We go to the woods" in words and owed.thread_page in words
    names = {*Carer.objects.values_list("called", flat=True), "Tilly", "Reece"}
    assert names & set(re.findall(r"\w+", words)) == set()
    assert "/answer/" not in words
    assert bundle_name(bundle) == f"isams-2026-11-23-{bundle.pk}.zip"


def test_words_in_another_language_are_a_bundle_of_their_own(
    trent: Cast, owed: Content, now: datetime
) -> None:
    Carer.objects.filter(pk=trent.carers["mia"].pk).update(language="pl")
    ContentWords.objects.create(
        school=trent.school, content=owed, language="pl", subject="Kalosze", text="Idziemy."
    )
    own, polish = prepare(actor=actor_of(trent, "carol"), content=owed, at=now)
    assert (own.language, polish.language) == ("", "pl")
    files = opened(polish, now)
    assert files["subject.txt"] == "Kalosze\n"
    assert "Idziemy." in files["body.txt"] and "We go to the woods" in files["body.txt"]
    assert "C-mia" in files["recipients.csv"]
    assert "C-mia" not in opened(own, now)["recipients.csv"]


@pytest.mark.clause("2.1-M2a")
def test_who_may_not_have_it_and_who_has_no_safe_route_are_never_in_it(
    trent: Cast, owed: Content, now: datetime
) -> None:
    one, other = list(Parcel.objects.filter(content=owed, channel="email"))[:2]
    assert one.carer and other.carer
    begin_no_safe_route(
        actor=actor_of(trent, "carol"), carer=one.carer, held_by=trent.team["carol"],
        words="ring", at=now,
    )  # fmt: skip
    Link.objects.filter(carer=other.carer).update(ended_at=now)
    try:
        bundles = prepare(actor=actor_of(trent, "carol"), content=owed, at=now)
    except NobodyLeft:
        bundles = []
    for number in (one.carer.external_id, other.carer.external_id):
        assert states(owed)[number] == "not entitled"
        assert all(number not in opened(one, now)["recipients.csv"] for one in bundles)


@pytest.mark.clause("2.1-M2a")
def test_who_lost_it_meanwhile_is_named_before_it_is_marked_sent(
    trent: Cast, owed: Content, now: datetime
) -> None:
    bundle = bundle_of(trent, owed, now)
    parcel = bundle.parcels.get(carer=trent.carers["mia"])
    later = now + timedelta(minutes=20)
    order_against(trent, "mia", "tilly", later)
    assert "C-mia" not in opened(bundle, later)["recipients.csv"]
    with pytest.raises(SomeLostIt) as refusal:
        sent(trent, bundle, later)
    assert refusal.value.parcels == [parcel.pk]
    assert states(owed)["C-mia"] == "owed"
    sent(trent, bundle, later, taken_out=[parcel.pk])
    assert states(owed)["C-mia"] == "not entitled"


def test_that_it_went_all_the_same_is_said_and_stands_in_the_ledger(
    trent: Cast, owed: Content, now: datetime
) -> None:
    bundle = bundle_of(trent, owed, now)
    parcel = bundle.parcels.get(carer=trent.carers["mia"])
    order_against(trent, "mia", "tilly", now)
    sent(trent, bundle, now, went=[parcel.pk])
    assert states(owed)["C-mia"] == "handed off"
    facts = Entry.objects.get(verb="recorded a hand-off").facts
    assert facts["went_all_the_same"] == [parcel.pk]


def test_whom_isams_does_not_know_has_a_list_of_their_own_and_was_not_reached(
    trent: Cast, owed: Content, now: datetime
) -> None:
    Carer.objects.filter(pk=trent.carers["mia"].pk).update(external_id="")
    bundle = bundle_of(trent, owed, now)
    files = opened(bundle, now)
    assert "Mia" in files["not-in-isams.csv"] and "Mia" not in files["recipients.csv"]
    sent(trent, bundle, now)
    assert states(owed)[""] == "failed"


def test_a_bundle_given_back_is_owed_again_and_goes_once(
    trent: Cast, owed: Content, now: datetime
) -> None:
    first = bundle_of(trent, owed, now)
    with pytest.raises(NobodyLeft):
        prepare(actor=actor_of(trent, "carol"), content=owed, at=now)
    give_back(actor=actor_of(trent, "carol"), bundle=first, at=now)
    with pytest.raises(BundleClosed):
        sent(trent, first, now)
    assert sent(trent, bundle_of(trent, owed, now), now) == len(states(owed))


def test_what_was_taken_back_meanwhile_is_not_handed_off(
    trent: Cast, owed: Content, now: datetime
) -> None:
    bundle = bundle_of(trent, owed, now)
    Parcel.objects.filter(content=owed, channel="email").update(state="taken back")
    with pytest.raises(NobodyLeft):
        sent(trent, bundle, now)


@pytest.mark.clause("2.1-M2a")
def test_a_reply_in_a_bundle_keeps_its_promise_when_it_is_marked_sent(
    trent: Cast, now: datetime
) -> None:
    conversation = writes(trent, "stan", "reece", now)
    answers(trent, "owen", conversation, now + timedelta(hours=1))
    content = Content.objects.get(purpose="reply")
    bundle = bundle_of(trent, content, now + timedelta(hours=2))
    assert fresh(conversation).state == State.HANDING_OFF
    sent(trent, bundle, now + timedelta(hours=2))
    assert fresh(conversation).state == State.WITH_PARENT


def test_a_sensitive_reply_says_only_that_there_is_a_message(trent: Cast, now: datetime) -> None:
    conversation = writes(trent, "stan", "reece", now)
    answers(trent, "owen", conversation, now + timedelta(hours=1))
    Content.objects.update(sensitive=True)
    content = Content.objects.get(purpose="reply")
    files = opened(bundle_of(trent, content, now), now)
    assert "good day" not in files["body.txt"] + files["body.html"]
    assert files["subject.txt"] == "You have a message from Options Trent Acres School\n"
