"""The pages ask why another child is named, keep what was typed, and let it go with a reason."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.tests.announcing import to_group
from schoolgate.announcements.tests.announcing import writes as drafts
from schoolgate.conversations.models import Message
from schoolgate.conversations.tests.acting import writes
from schoolgate.people.models import OtherNamed
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

WORDS = "He sat beside Noah."
ASKED = "Why another child has to be named"


@pytest.fixture
def here(medway: Cast, trent: Cast) -> tuple[Cast, Cast]:
    """Both schools."""
    see(school_id=medway.school.pk)
    return medway, trent


@pytest.mark.parametrize(
    ("where", "field", "more"),
    [
        ("replies/", "body", {}),
        ("holding/", "body", {"until": ""}),
        ("closure/", "reason", {}),
    ],
)
def test_a_thread_comes_back_with_the_words_and_the_question(
    here: tuple[Cast, Cast], where: str, field: str, more: dict[str, str]
) -> None:
    thread = writes(here[0], "ewa", "kuba", timezone.now())
    priya = enter("priya", *here)[0]
    assert ASKED not in priya.get(thread.page).content.decode()
    typed = {field: WORDS, "once": str(uuid.uuid4()), **more}
    answer = priya.post(f"{thread.page}{where}", typed)
    said = answer.content.decode()
    assert answer.status_code == 422 and ASKED in said and WORDS in said
    see(school_id=here[0].school.pk)
    assert not OtherNamed.objects.exists()


def test_a_reply_goes_with_a_reason(here: tuple[Cast, Cast]) -> None:
    thread = writes(here[0], "ewa", "kuba", timezone.now())
    priya = enter("priya", *here)[0]
    typed = {"body": WORDS, "once": str(uuid.uuid4()), "named_because": "Both families know."}
    assert priya.post(f"{thread.page}replies/", typed).status_code == 302
    see(school_id=here[0].school.pk)
    assert Message.objects.filter(body=WORDS).count() == 1


def test_a_spreadsheet_goes_with_a_reason(here: tuple[Cast, Cast]) -> None:
    thread = writes(here[0], "ewa", "kuba", timezone.now())
    priya = enter("priya", *here)[0]

    def typed(because: str = "") -> dict[str, object]:
        sheet = SimpleUploadedFile("marks.csv", b"a,b")
        once = str(uuid.uuid4())
        return {"body": "Here.", "once": once, "added": sheet, "file_because": because}

    page = f"{thread.page}replies/"
    answer = priya.post(page, typed())
    assert answer.status_code == 422
    assert "marks.csv" in answer.content.decode()
    assert "Why this file may go to this family" in answer.content.decode()
    assert priya.post(page, typed("It is his own timetable.")).status_code == 302


def test_an_announcement_shows_no_send_until_somebody_says_why(here: tuple[Cast, Cast]) -> None:
    cast, at = here[0], timezone.now()
    made = drafts(cast, "joan", at, to_group(cast, "Oak"), text=WORDS)
    joan = enter("joan", *here)[0]
    said = joan.get(made.team_page).content.decode()
    assert ASKED in said and "Noah: every family" in said and "Send to" not in said
    joan.post(f"{made.team_page}sending/")
    joan.post(f"{made.team_page}naming/", {"named_because": " "})
    see(school_id=cast.school.pk)
    assert Announcement.objects.get(pk=made.pk).state == "draft"
    joan.post(f"{made.team_page}naming/", {"named_because": "He won the race."})
    said = joan.get(made.team_page).content.decode()
    assert ASKED not in said and "Send to" in said
    joan.post(f"{made.team_page}sending/")
    see(school_id=cast.school.pk)
    assert Announcement.objects.get(pk=made.pk).state == "sending"
    for other in ("lena", "ewa"):
        assert enter(other, *here)[0].post(f"{made.team_page}naming/").status_code == 404
