"""Nonsense gets an ordinary answer: no address and no form makes the house fall over."""

import pytest
from django.test import Client

from schoolgate.accounts.models import User
from schoolgate.accounts.second_factor import PASSED
from schoolgate.rehearsal.cast import Cast

HERE, MANY = "/medway-green/", "9" * 23
ADDRESSES = (
    "/%00/",
    "/nothing/",
    *(
        HERE + path
        for path in (
            "conversations/?q=%00",
            "conversations/?q='\"%25\\",
            "conversations/?q=" + "a" * 5000,
            "conversations/?q=AND OR -",
            "conversations/123/",
            "to-answer/?page=abc",
            "to-answer/?page=" + MANY,
            "to-answer/?channel=%00",
            "people/?q=%00",
            "people/?kind=zzz&q='",
            "doors/none/",
            "tray/?x=%ff",
            "files/00000000-0000-0000-0000-000000000000/",
            "announcements/new/?template=%00x",
            "announcements/new/?template=zzz",
            "from-school/00000000-0000-0000-0000-000000000000/",
            "answer/" + "A" * 4000 + "/",
            "answer/%ff/",
            "stop-news/=/",
            "new-call/?conversation=%00&show=number",
            "new-call/?conversation=" + "9" * 40,
        )
    ),
)
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("write/", {"body": "x", "once": "zzz"}),
    ("write/", {"body": "\0", "once": ""}),
    ("write/", {"body": "x", "once": "00000000-0000-0000-0000-000000000001", "pupil": "zzz"}),
    ("worried/", {"words": "a\0b"}),
    ("hand-offs/", {"parcel": "zzz", "reference": "x"}),
    ("hand-offs/", {"reference": "x"}),
    (f"hand-offs/{MANY}/bundles/", {}),
    (f"people/groups/{MANY}/phase/", {"phase": "\0"}),
    ("calendar/", {"kind": "term", "first": "2026-01-01", "last": "9999-12-31"}),
    ("calendar/", {"kind": "closure", "first": "2026-01-01", "last": "2026-01-02", "hours": "z"}),
    ("people/shared/", {"carer": "zz", "address": "\0"}),
    (f"calendar/{MANY}/withdrawal/", {}),
    ("announcements/new/", {"subject": "a\0b", "text": "\0", "groups": "zzz", "children": "x"}),
    ("announcements/new/", {"answer_by": "9999-99-99T99:99", "asks": "zzz"}),
    ("announcements/lists/", {"name": "\0", "kind": "zzz", "children": "\0"}),
    (f"calls/{MANY}/tries/", {"outcome": "zzz"}),
    ("new-call/", {"link": "\0", "happened": "z", "line": "\0", "outcome": "z", "once": "z"}),
    (
        "new-call/",
        {"link": MANY, "began_at": "9999-99-99T99:99", "promised_by": "0001-01-01T00:00"},
    ),
    (f"call-backs/{MANY}/ending/", {"because": "\0"}),
    ("from-school/news/", {"news": "\0"}),
    (f"people/links/{MANY}/limit/", {"says": "x"}),
    (f"limits/{MANY}/lifting/", {"because": "x"}),
)


@pytest.mark.parametrize("key", ["ewa", "priya", "joan", "ruth"])
def test_no_nonsense_is_a_fault_of_ours(medway: Cast, key: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(
        User.objects.get(pk=medway.user_id(key)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.session
    session[PASSED] = True
    session.save()
    answers = [(address, client.get(address).status_code) for address in ADDRESSES]
    answers += [(path, client.post(HERE + path, form).status_code) for path, form in FORMS]
    assert [one for one in answers if one[1] >= 500] == []


def test_nobody_is_sent_to_another_site(client: Client, db: None) -> None:
    assert client.post("/look/", {"theme": "<x>", "back": "//evil.example"})["Location"] == "/"
