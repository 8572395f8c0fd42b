"""The pages about calls: by keyboard alone, needs before numbers, nothing for outsiders."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.models import Call, CallTask, Conversation, Message, Urgent
from schoolgate.conversations.tests.acting import writes
from schoolgate.conversations.tests.test_calling import LINE, logs
from schoolgate.ledger.models import Entry
from schoolgate.people.models import ContactRoute, Link
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

NEW = "/medway-green/new-call/"
NUMBER = "+44 7700 900321"


@pytest.fixture
def both(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """The school of these tests and the other one, whose people are outsiders."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.fixture
def at() -> datetime:
    return timezone.now()


def person(both: tuple[Cast, Cast], key: str) -> Client:
    client, _ = enter(key, *both)
    return client


def link_of(cast: Cast, carer: str, child: str) -> Link:
    return Link.objects.get(carer=cast.carers[carer], pupil=cast.children[child])


def thread_with_number(cast: Cast, carer: str, child: str, at: datetime) -> Conversation:
    ContactRoute.objects.create(
        school=cast.school, carer=cast.carers[carer], kind="mobile", value=NUMBER
    )
    return writes(cast, carer, child, at - timedelta(minutes=5))


def call(**more: str) -> dict[str, str]:
    return {
        "happened": "we rang",
        "line": LINE,
        "outcome": "spoke",
        "words": "A good day.",
        "once": "00000000-0000-4000-8000-000000000001",
        **more,
    }


def text(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


@pytest.mark.clause("3.0-P5")
@pytest.mark.parametrize(
    ("door", "queue", "page"),
    [("complaint", "complaints", "/to-answer/"), ("policy", "office", "/conversations/")],
)
def test_what_is_asked_for_by_telephone_goes_through_its_door_too(
    both: tuple[Cast, Cast], door: str, queue: str, page: str
) -> None:
    form = call(link=str(link_of(both[0], "ewa", "kuba").pk), happened="they rang", door=door)
    answer = person(both, "joan").post(NEW, form)
    assert answer.status_code == 302 and page in str(answer["Location"])
    see(school_id=both[0].school.pk)
    made = Conversation.objects.get()
    assert (made.kind, made.queue, made.state) == (door, queue, "with school")
    assert made.due_at is not None


def test_one_press_writes_it_down_and_twice_is_once(both: tuple[Cast, Cast]) -> None:
    client = person(both, "joan")
    form = call(link=str(link_of(both[0], "ewa", "kuba").pk))
    for _press in range(2):
        answer = client.post(NEW, form)
        assert answer.status_code == 302
        see(school_id=both[0].school.pk)
    page = client.get(str(answer["Location"]).partition("#")[0])
    assert "A good day." in text(page) and "Rang, and spoke with them." in text(page)
    see(school_id=both[0].school.pk)
    assert Call.objects.count() == 1
    assert "The school rang, and you spoke." in text(
        person(both, "ewa").get(Conversation.objects.get().page)
    )


def test_the_first_field_has_the_cursor_and_no_field_swallows_enter(
    both: tuple[Cast, Cast],
) -> None:
    page = text(person(both, "joan").get(NEW))
    assert "<textarea" not in page
    first, *_rest = page.split("<select")[1:]
    assert 'name="link"' in first and "autofocus" in first.partition(">")[0]


def test_it_is_chosen_among_those_whom_one_may_see(both: tuple[Cast, Cast]) -> None:
    client = person(both, "lena")
    assert "Hannah Hale" in text(client.get(NEW)) and "Ewa" not in text(client.get(NEW))
    see(school_id=both[0].school.pk)
    answer = client.post(NEW, call(link=str(link_of(both[0], "ewa", "kuba").pk)))
    assert answer.status_code == 422
    see(school_id=both[0].school.pk)
    assert not Message.objects.exists()


@pytest.mark.parametrize("key", ["lena", "grace", "andy", "ewa", "nina", "other head"])
def test_an_outsider_finds_no_form_for_the_thread(
    both: tuple[Cast, Cast], at: datetime, key: str
) -> None:
    thread = thread_with_number(both[0], "ewa", "kuba", at)
    client = person(both, key)
    for answer in (
        client.get(f"{NEW}?conversation={thread.public_id}&show=number"),
        client.post(f"{NEW}?conversation={thread.public_id}", call()),
        client.post(f"{thread.page}ringing/", {"number": "1", "line": LINE}),
    ):
        assert answer.status_code == 404
    see(school_id=both[0].school.pk)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "query", ["?conversation=zzz", "?conversation=%00", f"?conversation={'9' * 40}"]
)
def test_a_thread_that_is_none_is_not_there(both: tuple[Cast, Cast], query: str) -> None:
    assert person(both, "joan").get(NEW + query).status_code == 404


@pytest.mark.clause("2.1-M1")
def test_needs_stand_before_the_number_and_it_takes_one_more_press(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    thread = thread_with_number(both[0], "nina", "noah", at)
    client = person(both, "priya")
    page = f"{NEW}?conversation={thread.public_id}"
    first = text(client.get(page))
    assert "Do not phone" in first and NUMBER not in first
    see(school_id=both[0].school.pk)
    assert not Entry.objects.filter(verb="looked at a number").exists()
    second = text(client.get(f"{page}&show=number"))
    assert 'href="tel:+447700900321"' in second
    see(school_id=both[0].school.pk)
    assert Entry.objects.filter(verb="looked at a number").count() == 1


def test_whoever_may_be_rung_has_the_number_at_once(both: tuple[Cast, Cast], at: datetime) -> None:
    thread = thread_with_number(both[0], "ewa", "kuba", at)
    page = text(person(both, "priya").get(f"{NEW}?conversation={thread.public_id}"))
    assert NUMBER in page and "Please write, then I can read it twice." in page


def test_a_soft_telephone_rings_by_the_trunk(both: tuple[Cast, Cast], at: datetime) -> None:
    school = both[0].school
    school.settings_text = school.settings_text.replace(
        'click_to_call = "link"', 'click_to_call = "sip"\nsip_domain = "sip.example.org"'
    )
    school.save()
    thread = thread_with_number(both[0], "ewa", "kuba", at)
    page = text(person(both, "priya").get(f"{NEW}?conversation={thread.public_id}"))
    assert 'href="sip:+447700900321@sip.example.org;user=phone"' in page


def test_what_is_not_right_comes_back_with_what_was_typed(both: tuple[Cast, Cast]) -> None:
    client = person(both, "joan")
    form = call(link=str(link_of(both[0], "ewa", "kuba").pk), words="Mine is 07700 900654")
    answer = client.post(NEW, form)
    assert answer.status_code == 422
    assert "leave the mobile number out" in text(answer) and "07700 900654" in text(answer)


@pytest.mark.clause("2.1-M5")
def test_a_visit_needs_no_line_and_no_outcome(both: tuple[Cast, Cast]) -> None:
    form = call(link=str(link_of(both[0], "ewa", "kuba").pk), happened="they came", line="private")
    assert person(both, "joan").post(NEW, form).status_code == 302
    see(school_id=both[0].school.pk)
    made = Call.objects.get()
    assert (made.way, made.outcome, made.inbound, made.line) == ("visit", "spoke", True, "")


def test_the_minute_of_the_wall_clock_is_the_whole_minute(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    thread = writes(both[0], "ewa", "kuba", at)
    minute = timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
    page = f"{NEW}?conversation={thread.public_id}"
    assert person(both, "priya").post(page, call(began_at=minute)).status_code == 302
    see(school_id=both[0].school.pk)
    assert Conversation.objects.get().side == "parent"


@pytest.mark.clause("2.1-M2")
def test_marked_urgent_the_answer_comes_back_with_the_call_first(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    thread = thread_with_number(both[0], "ewa", "kuba", at)
    client = person(both, "priya")
    form = {"body": "Fetch him now.", "once": "00000000-0000-4000-8000-000000000002"}
    answer = client.post(f"{thread.page}replies/", {**form, "urgent": "on"})
    assert answer.status_code == 422 and "Fetch him now." in text(answer)
    assert "Ring, and write the call down" in text(answer)
    answer = client.post(
        f"{thread.page}replies/", {**form, "urgent": "on", "urgent_because": "no number"}
    )
    assert answer.status_code == 302
    see(school_id=both[0].school.pk)
    assert Urgent.objects.get().because == "no number"
    assert "Urgent" in text(client.get("/medway-green/call-backs/"))


def test_the_list_has_ones_own_and_ends_with_a_reason(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    logs(both[0], None, at, promised_by=at + timedelta(hours=1), ring_back=True)
    task = CallTask.objects.get()
    mine, other = person(both, "priya"), person(both, "lena")
    assert "Ewa Malinowska" in text(mine.get("/medway-green/call-backs/"))
    assert "Ewa Malinowska" not in text(other.get("/medway-green/call-backs/"))
    ending = f"/medway-green/call-backs/{task.pk}/ending/"
    assert other.post(ending, {"because": "x"}).status_code == 404
    mine.post(ending, {"because": " "})
    see(school_id=both[0].school.pk)
    assert CallTask.objects.get().done_at is None
    mine.post(ending, {"because": "They came in."})
    see(school_id=both[0].school.pk)
    assert CallTask.objects.get().ended_because == "They came in."


@pytest.mark.clause("2.2-T4b")
@pytest.mark.parametrize(("key", "seen"), [("ruth", True), ("tom", True), ("priya", False)])
def test_the_head_sees_the_private_telephone_with_its_reason(
    both: tuple[Cast, Cast], at: datetime, key: str, seen: bool
) -> None:
    logs(both[0], None, at, private_reason="On the trip", line="")
    page = text(person(both, key).get("/medway-green/call-backs/"))
    assert ("On the trip" in page) is seen


def test_covered_names_are_covered(both: tuple[Cast, Cast], at: datetime) -> None:
    logs(both[0], None, at, promised_by=at + timedelta(hours=1), ring_back=True)
    client = person(both, "priya")
    client.post("/look/", {"cover": "yes"})
    assert "Ewa Malinowska" not in text(client.get("/medway-green/call-backs/"))


def test_whoever_of_a_child_rings_the_page_says_to_say_nothing_of_where_anybody_lives(
    both: tuple[Cast, Cast], at: datetime
) -> None:
    cast, _ = both  # Rania's address is protected, and Karim is of the same child
    asked = {
        key: writes(cast, key, child, at) for key, child in (("karim", "leila"), ("ewa", "kuba"))
    }
    joan = person(both, "joan")
    pages = {
        key: joan.get(f"{NEW}?conversation={one.public_id}").content.decode()
        for key, one in asked.items()
    }
    warned = [key for key, page in pages.items() if "Say nothing of where anybody" in page]
    assert warned == ["karim"]
