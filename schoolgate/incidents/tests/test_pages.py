"""The pages: three minutes on a telephone, nothing lost on the way, nothing for outsiders."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import uuid
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house_rules.entering import PEOPLE, enter
from schoolgate.conversations.models import Conversation
from schoolgate.incidents.models import Hold, Incident, SecondReading
from schoolgate.incidents.tests.acting import holds, tellings, tells, writes_down
from schoolgate.people.models import ContactRoute
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

LIST = "/medway-green/told-today/"


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.fixture
def at() -> datetime:
    return timezone.now() - timedelta(minutes=5)


def person(both: tuple[Cast, Cast], key: str) -> Client:
    client, _ = enter(key, *both)
    return client


def typed(both: tuple[Cast, Cast], **more: object) -> dict[str, object]:
    """The few things that have to be typed, and what stood in the form already."""
    cast, _ = both
    began = timezone.localtime(timezone.now()) - timedelta(minutes=20)
    return {
        "pupil": cast.children["kuba"].public_id,
        "kind": "restraint",
        "happened_at": began.strftime("%Y-%m-%dT%H:%M"),
        "place": "The hall",
        "facts": "Two adults held his arms.",
        "talk_to": cast.team["priya"].public_id,
        "line": cast.school.settings.telephone.lines[0],
        "once": uuid.uuid4(),
        **more,
    }


def text(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_it_is_written_and_told_in_two_presses(both: tuple[Cast, Cast]) -> None:
    priya = person(both, "priya")
    answer = priya.post(f"{LIST}new/", typed(both))
    see(school_id=both[0].school.pk)
    incident = Incident.objects.get()
    assert answer["Location"] == incident.page
    page = text(priya, incident.page)
    assert "Ewa Malinowska" in page and "mother" in page and "Piotr" not in page
    assert "An email says that there is a message" in page and "We restrained Kuba." in page
    priya.post(f"{incident.page}telling/")
    assert "Told" in text(priya, incident.page)
    see(school_id=both[0].school.pk)
    assert Conversation.objects.get().carer == both[0].carers["ewa"]


def test_a_form_comes_with_now_oneself_and_a_school_line(both: tuple[Cast, Cast]) -> None:
    page = text(person(both, "priya"), f"{LIST}new/")
    assert f'value="{both[0].team["priya"].public_id}" selected' in page
    assert 'type="datetime-local"' in page and "07700" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"facts": ""}, "required"),
        ({"facts": "He ran at Noah."}, "Another child may be named here"),
        ({"happened_at": "2999-01-01T10:00"}, "has not happened yet"),
        ({"pupil": uuid.uuid4()}, "valid choice"),
    ],
)
def test_what_is_not_right_comes_back_with_what_was_typed(
    both: tuple[Cast, Cast], wrong: dict[str, object], said: str
) -> None:
    answer = person(both, "priya").post(
        f"{LIST}new/", typed(both, helped="The blue blanket.", **wrong)
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and "The blue blanket." in page


def test_with_a_reason_another_child_may_be_named(both: tuple[Cast, Cast]) -> None:
    said = typed(both, facts="He ran at Noah.", named_because="Both families asked for it.")
    assert person(both, "priya").post(f"{LIST}new/", said).status_code == 302


def test_a_second_reader_is_asked_by_the_same_press(both: tuple[Cast, Cast]) -> None:
    reader = both[0].team["lena"]
    person(both, "priya").post(f"{LIST}new/", typed(both, reader=reader.public_id))
    see(school_id=both[0].school.pk)
    page = Incident.objects.get().page
    lena = person(both, "lena")
    assert "What you would say or change" in text(lena, page)
    lena.post(f"{page}reading/", {"words": "Say who was with him after."})
    see(school_id=both[0].school.pk)
    assert SecondReading.objects.get().words == "Say who was with him after."


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("key", PEOPLE)
def test_the_page_is_there_for_those_who_need_to_know_and_for_nobody_else(
    both: tuple[Cast, Cast], at: datetime, key: str
) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    there = {"priya", "tom", "ruth", "helen", "sam"}
    answer = person(both, key).get(incident.page)
    assert answer.status_code == (302 if key == "nobody" else 200 if key in there else 404)


@pytest.mark.parametrize("key", ["ewa", "other head", "lena", "joan", "grace"])
@pytest.mark.parametrize("verb", ["telling", "corrections", "readers", "reading", "holds"])
def test_an_outsider_can_do_nothing_with_it(
    both: tuple[Cast, Cast], at: datetime, key: str, verb: str
) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    answer = person(both, key).post(f"{incident.page}{verb}/", {"words": "Mine."})
    assert answer.status_code == 404


def test_the_office_sees_whom_to_ring_and_never_what_happened(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    cast, _ = both
    hal = cast.carers["hal"]
    ContactRoute.objects.create(school=cast.school, carer=hal, kind="phone", value="01632 960001")
    incident = writes_down(cast, "tom", "leo", at)
    told = tells(cast, "tom", incident, at)["hal"]
    joan = person(both, "joan")
    page = text(joan, LIST)
    assert "Hal Price" in page and "01632 960001" in page and "Tom Ashdown can say" in page
    assert "Two adults" not in page and "Restraint" not in page
    assert joan.get(incident.page).status_code == 404
    settling = f"{LIST}adults/{told.public_id}/settling/"
    refused = joan.post(settling, {"way": "call", "words": " "})
    assert refused.status_code == 422
    joan.post(settling, {"way": "call", "words": "Tom told him on our line."})
    assert "Hal Price has been told" in text(joan, LIST)
    assert "Hal Price" not in text(joan, LIST)
    see(school_id=cast.school.pk)
    assert tellings(incident)["hal"].spoken_by == cast.team["joan"]


def test_a_cover_hides_names_and_what_it_was(both: tuple[Cast, Cast], at: datetime) -> None:
    tells(both[0], "tom", writes_down(both[0], "tom", "leo", at), at)
    writes_down(both[0], "tom", "kuba", at)
    tom = person(both, "tom")
    tom.post("/look/", {"cover": "yes", "back": LIST})
    page = text(tom, LIST)
    assert "Covered" in page
    assert not any(name in page for name in ("Leo", "Kuba", "Hal Price", "Ewa", "Restraint"))


@pytest.mark.clause("2.2-T5")
def test_the_lead_reads_the_reason_the_head_that_it_is_held_and_others_neither(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    helen = person(both, "helen")
    day = (timezone.localtime(timezone.now()) + timedelta(days=2)).strftime("%Y-%m-%d")
    risk = {"carer": "", "reason": "He said what would happen.", "review_on": day}
    assert helen.post(f"{incident.page}holds/", {**risk, "reason": ""}).status_code == 422
    assert helen.post(f"{incident.page}holds/", risk).status_code == 302
    see(school_id=both[0].school.pk)
    tells(both[0], "priya", incident, at)
    shows = {
        "helen": (True, True),
        "sam": (True, True),
        "ruth": (True, False),
        "tom": (False, False),
        "priya": (False, False),
    }
    for key, (held, reason) in shows.items():
        page = text(person(both, key), incident.page)
        assert ("Held back by the safeguarding lead" in page) is held, key
        assert ("He said what would happen." in page) is reason, key
        assert ("Not told yet" in page) is not held, key


def test_the_lead_looks_again_and_lets_go(both: tuple[Cast, Cast], at: datetime) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    hold = holds(both[0], "helen", incident, at)
    helen, base = person(both, "helen"), f"{LIST}holds/{hold.public_id}/"
    day = (timezone.localtime(timezone.now()) + timedelta(days=4)).strftime("%Y-%m-%d")
    assert helen.post(f"{base}review/", {"review_on": "2001-01-01"}).status_code == 422
    assert helen.post(f"{base}review/", {"review_on": day}).status_code == 302
    assert person(both, "ruth").post(f"{base}lifting/").status_code == 404
    assert helen.post(f"{base}lifting/").status_code == 302
    assert helen.post(f"{base}lifting/").status_code == 422
    see(school_id=both[0].school.pk, user_id=both[0].user_id("helen"))
    assert Hold.objects.get().ended_at is not None
    assert tellings(incident)["ewa"].state == "told"


def test_a_correction_and_a_colleague_who_is_asked(both: tuple[Cast, Cast], at: datetime) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    priya = person(both, "priya")
    assert priya.post(f"{incident.page}corrections/", {"words": ""}).status_code == 422
    kept = priya.post(f"{incident.page}corrections/", {"words": "It was Noah."})
    assert kept.status_code == 422 and "It was Noah." in kept.content.decode()
    priya.post(f"{incident.page}corrections/", {"words": "It was one adult."})
    tom = both[0].team["tom"].public_id
    assert priya.post(f"{incident.page}readers/", {"reader": tom}).status_code == 302
    page = text(priya, incident.page)
    assert "It was one adult." in page and "Tom Ashdown: has been asked." in " ".join(page.split())


def test_a_childs_page_lists_what_somebody_may_see(both: tuple[Cast, Cast], at: datetime) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    page = f"{LIST}children/{incident.pupil.public_id}/"
    assert "Restraint" in text(person(both, "priya"), page)
    for key in ("lena", "joan", "ewa", "other head"):
        assert person(both, key).get(page).status_code == 404, key


def test_the_side_bar_counts_what_is_not_told(both: tuple[Cast, Cast], at: datetime) -> None:
    incident = writes_down(both[0], "priya", "kuba", at)
    priya = person(both, "priya")
    count = 'Told today <span class="quiet num">1</span>'
    assert count in text(priya, LIST)
    assert count not in text(person(both, "lena"), LIST)
    priya.post(f"{incident.page}telling/")
    assert count not in text(priya, LIST)


def test_the_years_figures_are_the_heads_as_a_page_and_a_file(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    writes_down(both[0], "priya", "kuba", at)
    ruth = person(both, "ruth")
    assert "fewer than five families" in text(ruth, f"{LIST}figures/")
    file = ruth.get(f"{LIST}figures/file/?year=1234")
    assert file["Content-Disposition"].startswith("attachment")
    assert file.content.decode("utf-8-sig").splitlines()[0].startswith("Kind,Month,Incidents")
    for key in ("tom", "priya", "joan", "helen", "ewa"):
        assert person(both, key).get(f"{LIST}figures/").status_code == 404, key
