"""Who is worried: the ways that work before sending, one's own words, and finding them again."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import uuid
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.accounts.sessions import SIGNED_IN
from schoolgate.conversations.models import Message
from schoolgate.conversations.tests.acting import who, writes
from schoolgate.rehearsal.cast import Cast
from schoolgate.rehearsal.councils import keep_councils
from schoolgate.safeguarding.actions.raising import raise_concern
from schoolgate.safeguarding.models import Concern, OnCall
from schoolgate.safeguarding.tests.acting import WORDS, as_person, told
from schoolgate.school.tenancy import see

PAGE = "/medway-green/worried/"


def browser(cast: Cast, key: str) -> Client:
    """A signed-in browser of somebody."""
    return enter(key, cast, cast)[0]


def the_one(cast: Cast) -> Concern:
    """The one concern, as the head sees it; or as the group's lead."""
    for key in ("ruth", "grace"):
        as_person(cast, key)
        if found := Concern.objects.first():
            return found
    raise AssertionError("nobody sees one")


@pytest.mark.parametrize("key", ["ewa", "priya"])
def test_999_and_the_childs_own_council_stand_before_the_button(medway: Cast, key: str) -> None:
    keep_councils(medway, timezone.now())
    page = browser(medway, key).get(PAGE).content.decode()
    assert page.index("Ring 999") < page.index("Kent children") < page.index("Tell the safeg")
    assert "01632 960111" in page and "Checked on" in page
    assert ("Bexley" in page) is False


def test_a_council_without_a_number_is_named_and_no_number_is_invented(medway: Cast) -> None:
    page = browser(medway, "ewa").get(PAGE).content.decode()
    assert "Kent children’s services" in page and "the council’s own website" in page


@pytest.mark.clause("2.2-T8c")
def test_the_same_press_twice_is_one_concern(medway: Cast) -> None:
    ewa = browser(medway, "ewa")
    form = {"words": WORDS, "once": str(uuid.uuid4())}
    assert [ewa.post(PAGE, form).status_code for _ in range(2)] == [302, 302]
    as_person(medway, "ruth")
    assert Concern.objects.count() == 1


def test_a_second_disclosure_from_the_same_form_is_a_second_concern(medway: Cast) -> None:
    """Back gives the form again with its old id; what is told then is no repetition."""
    ewa, form = browser(medway, "ewa"), {"once": str(uuid.uuid4())}
    for words in (WORDS, "And now his arm is blue.", WORDS):
        assert ewa.post(PAGE, form | {"words": words}).status_code == 302
    as_person(medway, "ruth")
    assert Concern.objects.count() == 2


def test_it_is_about_the_lead_is_a_choice_on_the_first_screen(medway: Cast) -> None:
    ewa = browser(medway, "ewa")
    helen = medway.team["helen"]
    assert str(helen.public_id) in ewa.get(PAGE).content.decode()
    ewa.post(PAGE, {"words": WORDS, "about_member": str(helen.public_id)})
    assert told(medway, the_one(medway)) == {"ruth"}


def test_a_message_can_be_raised_by_who_reads_it_and_is_remembered(medway: Cast) -> None:
    conversation = writes(medway, "ewa", "kuba", timezone.now(), body="He is afraid.")
    message = Message.objects.get(conversation=conversation, direction="family")
    thread = browser(medway, "priya").get(conversation.page).content.decode()
    assert f"/worried/?message={message.public_id}" in thread
    form = {"words": WORDS, "message": str(message.public_id)}
    assert browser(medway, "lena").post(PAGE, form).status_code == 404
    assert browser(medway, "priya").post(PAGE, form).status_code == 302
    concern = the_one(medway)
    assert concern.from_message == message.public_id
    page = browser(medway, "helen").get(f"/medway-green/sealed/{concern.public_id}/")
    assert f"{conversation.page}#m{message.public_id}" in page.content.decode()


def test_words_from_the_tray_come_along_and_nothing_is_raised_yet(medway: Cast) -> None:
    page = browser(medway, "joan").post(PAGE, {"carried": "on", "body": "From the tray."})
    assert page.status_code == 200 and "From the tray." in page.content.decode()
    as_person(medway, "ruth")
    assert not Concern.objects.exists()


def test_a_carer_finds_their_words_again_only_just_after_signing_in(medway: Cast) -> None:
    at = timezone.now() - timedelta(hours=1)
    as_person(medway, "ewa")
    concern = raise_concern(who=who(medway, "ewa", at), words=WORDS, at=at)
    ewa = browser(medway, "ewa")
    for path in (f"{PAGE}before/", f"{PAGE}{concern.public_id}/"):
        page = ewa.get(path).content.decode()
        assert "sign in once more" in page and "afraid" not in page
    session = ewa.session
    session[SIGNED_IN] = timezone.now().isoformat()
    session.save()
    assert str(concern.public_id) in ewa.get(f"{PAGE}before/").content.decode()
    assert "afraid" in ewa.get(f"{PAGE}{concern.public_id}/").content.decode()
    session[SIGNED_IN] = (timezone.now() - timedelta(minutes=16)).isoformat()
    session.save()
    assert "afraid" not in ewa.get(f"{PAGE}{concern.public_id}/").content.decode()


def test_still_worried_is_never_refused_for_an_old_sign_in(medway: Cast) -> None:
    at = timezone.now() - timedelta(hours=1)
    as_person(medway, "ewa")
    concern = raise_concern(who=who(medway, "ewa", at), words=WORDS, at=at)
    ewa = browser(medway, "ewa")
    assert ewa.post(f"{PAGE}{concern.public_id}/", {"words": "Again."}).status_code == 302
    as_person(medway, "ruth")
    assert concern.additions.get().words == "Again."


@pytest.mark.parametrize("key", ["nina", "priya", "helen"])
def test_nobody_else_opens_it_by_its_address(medway: Cast, key: str) -> None:
    at = timezone.now()
    as_person(medway, "ewa")
    concern = raise_concern(who=who(medway, "ewa", at), words=WORDS, at=at)
    answer = browser(medway, key).get(f"{PAGE}{concern.public_id}/")
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["", "before/"])
def test_the_page_can_be_left_at_once(medway: Cast, path: str) -> None:
    page = browser(medway, "ewa").get(PAGE + path).content.decode()
    assert 'href="/leave/"' in page and "data-leave" in page and "leave.js" in page


def test_somebody_on_call_is_named_only_where_a_rota_says_so(medway: Cast) -> None:
    at = timezone.now()
    see(school_id=medway.school.pk)
    OnCall.objects.create(
        school=medway.school,
        member=medway.team["sam"],
        from_at=at - timedelta(hours=1),
        until_at=at + timedelta(hours=1),
        set_by="Helen Okafor",
    )
    page = browser(medway, "ewa").get(PAGE)
    said = "Somebody is on call" in page.content.decode()
    assert said is not page.context["watched"]


def test_no_adult_is_the_first_choice_and_each_is_named_with_their_role(medway: Cast) -> None:
    page = browser(medway, "ewa").get(PAGE).content.decode()
    assert "Helen Okafor, designated safeguarding lead" in page
    assert page.count('name="about_member"') == 4 and 'value="" id="id_about_member_0"' in page


def test_leaving_ends_on_the_weather_or_on_the_site_that_is_set(
    medway: Cast,
) -> None:
    ewa = browser(medway, "ewa")
    assert "Weather" in ewa.get("/leave/").content.decode()
    with override_settings(LEAVE_TO="https://weather.example.org/"):
        assert ewa.get("/leave/")["Location"] == "https://weather.example.org/"
