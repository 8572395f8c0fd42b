"""A carer's page: numbers and their order, what helps, protection, capacity, and no safe route."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.conversations.tests.acting import answers, writes
from schoolgate.ledger.models import Entry
from schoolgate.people.actions.ending import end_access
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.models import (
    Carer,
    ContactRoute,
    Household,
    HouseholdStay,
    Link,
    NoSafeRoute,
    Pupil,
    Receives,
)
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.tenancy import see

AT = "/medway-green/people/"


@pytest.fixture
def here(db: None) -> Cast:
    cache.clear()
    return assemble("medway-green", timezone.now())


def by(here: Cast, key: str = "joan") -> Client:
    return enter(key, here, here)[0]


def page_of(one: Carer | Pupil) -> str:
    return f"{AT}{one.public_id}/"


def now_of(here: Cast, key: str) -> Carer:
    see(school_id=here.school.pk)
    return Carer.objects.get(pk=here.carers[key].pk)


def routes_of(here: Cast, key: str) -> list[str]:
    return list(now_of(here, key).routes.filter(ended_at=None).values_list("value", flat=True))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("07700 900123", "+44 7700 900123"),
        ("01632 960 001", "+44 1632 960001"),
        ("+48 22 123 45 67", "+48 22 123 45 67"),
    ],
)
def test_a_number_is_kept_in_the_international_form(here: Cast, typed: str, kept: str) -> None:
    by(here).post(f"{page_of(here.carers['ewa'])}numbers/", {"kind": "mobile", "number": typed})
    assert routes_of(here, "ewa")[-1] == kept


@pytest.mark.parametrize("typed", ["none", "0770", "07700 900123 456 789 012"])
def test_what_is_no_number_changes_nothing_and_says_so(here: Cast, typed: str) -> None:
    page = f"{page_of(here.carers['ewa'])}numbers/"
    answer = by(here).post(page, {"kind": "mobile", "number": typed}, follow=True)
    assert "not a telephone number" in answer.content.decode()
    assert len(routes_of(here, "ewa")) == 1


def test_the_order_of_routes_is_the_familys_and_stands_in_the_ledger(here: Cast) -> None:
    client, page = by(here), page_of(here.carers["ewa"])
    for number in ("07700 900123", "01632 960001", "+44 7700 900123"):
        client.post(f"{page}numbers/", {"kind": "mobile", "number": number})
    email, mobile, landline = routes_of(here, "ewa")
    number = ContactRoute.objects.get(value=landline)
    client.post(f"{page}preference/", {"route": number.pk})
    assert routes_of(here, "ewa") == [landline, email, mobile]
    entry = Entry.objects.get(verb="ordered the routes")
    assert entry.facts["routes"][0] == number.pk
    client.post(f"{page}numbers/end/", {"route": number.pk, "because": "It rings elsewhere."})
    assert routes_of(here, "ewa") == [email, mobile]
    route = ContactRoute.objects.get(value=email)
    client.post(f"{page}numbers/end/", {"route": route.pk, "because": "It rings elsewhere."})
    assert routes_of(here, "ewa") == [email, mobile], "an email is changed by its own verb"


def test_another_carers_route_is_not_there(here: Cast) -> None:
    see(school_id=here.school.pk)
    theirs = here.carers["nina"].routes.get()
    answer = by(here).post(f"{page_of(here.carers['ewa'])}preference/", {"route": theirs.pk})
    assert answer.status_code == 404


def about(here: Cast, key: str, **changed: str) -> dict[str, str]:
    carer = now_of(here, key)
    return {
        "called": carer.called,
        "capacity": carer.capacity,
        "language": carer.language,
        "needs": "\n".join(carer.needs),
        "what_helps_us": carer.what_helps_us,
    } | changed


@pytest.mark.clause("1.0-S1")
def test_needs_language_and_what_helps_are_written_down_without_words_in_the_ledger(
    here: Cast,
) -> None:
    client, page = by(here), f"{page_of(here.carers['nina'])}about/"
    said = about(here, "nina", needs="Large print\n\nLarge print\nA quiet room", language="cy")
    assert client.post(page, said | {"what_helps_us": "Say it plainly."}).status_code == 302
    nina = now_of(here, "nina")
    assert (nina.needs, nina.language) == (["Large print", "A quiet room"], "cy")
    assert nina.what_helps_us == "Say it plainly."
    entry = Entry.objects.get(verb="described a carer")
    assert entry.facts == {"changed": ["language", "needs", "what_helps_us"]}
    assert client.post(page, about(here, "nina", language="Welsh please")).status_code == 422


@pytest.mark.clause("2.2-T5")
def test_the_office_protects_an_address_and_only_head_or_dsl_takes_that_away(here: Cast) -> None:
    page = page_of(here.carers["nina"])
    by(here).post(f"{page}protection/")
    assert now_of(here, "nina").protected_address
    for key in ("joan", "tom"):
        assert by(here, key).post(f"{page}protection/end/").status_code == 404
    assert now_of(here, "nina").protected_address
    assert "Nina Reed" in by(here, "helen").get("/medway-green/limits/").content.decode()
    by(here, "helen").post(f"{page}protection/end/", {"because": "The order has ended."})
    assert not now_of(here, "nina").protected_address
    verbs = set(Entry.objects.filter(object_kind="carer").values_list("verb", flat=True))
    assert {"protected an address", "ended the protection of an address"} <= verbs


def test_a_placing_authority_usually_receives_general_news_and_is_in_no_household(
    here: Cast,
) -> None:
    see(school_id=here.school.pk)
    household = Household.objects.create(school=here.school, name="Reed")
    HouseholdStay.objects.create(
        school=here.school,
        household=household,
        carer=here.carers["nina"],
        since=timezone.now().date(),
    )
    client, nina = by(here), here.carers["nina"]
    client.post(f"{page_of(nina)}about/", about(here, "nina", capacity="professional"))
    assert not HouseholdStay.objects.filter(carer=nina, until=None).exists()
    see(school_id=here.school.pk)
    assert Link.objects.get(carer=nina).receives == Receives.PROGRESS, "nothing changes by itself"
    ivy = here.children["ivy"]
    said = {"carer": str(nina.public_id), "relationship": "officer", "receives": ""}
    client.post(f"{page_of(ivy)}links/", said)
    see(school_id=here.school.pk)
    assert Link.objects.get(carer=nina, pupil=ivy).receives == Receives.GENERAL
    client.post(f"{page_of(ivy)}links/", said | {"carer": str(here.carers["obi"].public_id)})
    see(school_id=here.school.pk)
    assert Link.objects.get(carer=here.carers["obi"], pupil=ivy).receives == Receives.PROGRESS


def test_the_teams_family_card_names_the_placing_authority(here: Cast) -> None:
    see(school_id=here.school.pk)
    conversation = writes(here, "jo", "leo", timezone.now())
    text = by(here, "joan").get(conversation.page).content.decode()
    assert text.count("placing authority") == 1
    assert "placing authority" not in by(here, "jo").get(conversation.page).content.decode()


def test_a_family_with_no_safe_route_is_a_standing_task_with_a_name(here: Cast) -> None:
    client, page, sam = by(here), page_of(here.carers["ewa"]), here.team["sam"]
    client.post(f"{page}no-route/", {"held_by": "", "words": "At drop-off"})
    assert not NoSafeRoute.objects.exists()
    client.post(f"{page}no-route/", {"held_by": sam.pk, "words": "At drop-off"})
    text = client.get("/medway-green/not-reached/").content.decode()
    assert "Ewa Malinowska" in text and "Sam Birch sees to it" in text and "At drop-off" in text
    client.post(f"{page}no-route/", {"held_by": here.team["helen"].pk, "words": "By the door"})
    see(school_id=here.school.pk)
    assert NoSafeRoute.objects.get().held_by == here.team["helen"]
    client.post(f"{page}no-route/end/", {"because": "They have moved."})
    assert "Ewa Malinowska" not in client.get("/medway-green/not-reached/").content.decode()
    see(school_id=here.school.pk)
    verbs = Entry.objects.filter(verb__contains="no safe route").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "began no safe route",
        "changed no safe route",
        "ended no safe route",
    ]


def test_the_task_moves_when_the_one_who_holds_it_leaves(here: Cast) -> None:
    see(school_id=here.school.pk)
    at, ewa = timezone.now(), here.carers["ewa"]
    joan = here.team["joan"]
    actor = enter("joan", here, here)[1].actor
    begin_no_safe_route(actor=actor, carer=ewa, held_by=here.team["priya"], words="x", at=at)
    end_access(actor=actor, member=here.team["priya"], at=at)
    assert NoSafeRoute.objects.get().held_by == here.team["sam"]
    begin_no_safe_route(actor=actor, carer=ewa, held_by=joan, words="x", at=at)
    here.team["tom"].access_ended_at = at
    here.team["tom"].save()
    end_access(actor=actor, member=joan, at=at)
    assert (
        "name somebody else" in by(here, "ruth").get("/medway-green/not-reached/").content.decode()
    )


def test_an_answer_to_them_stands_in_the_portal_alone_and_counts(here: Cast) -> None:
    see(school_id=here.school.pk)
    conversation = writes(here, "ewa", "kuba", timezone.now())
    actor = enter("joan", here, here)[1].actor
    begin_no_safe_route(
        actor=actor,
        carer=here.carers["ewa"],
        held_by=here.team["sam"],
        words="x",
        at=timezone.now(),
    )
    message = answers(here, "priya", conversation, timezone.now())
    assert message.channel == "portal"
    assert not here.carers["ewa"].parcels.filter(
        channel="email", content__message=message.public_id
    )
    assert "a good day" in by(here, "ewa").get(conversation.page).content.decode()


def test_at_sixteen_the_office_is_asked_to_review_until_it_was_done(here: Cast) -> None:
    see(school_id=here.school.pk)
    Pupil.objects.update(born_on=timezone.localdate() - timedelta(days=2000))
    leo = here.children["leo"]
    day = timezone.localdate()
    Pupil.objects.filter(pk=leo.pk).update(born_on=day.replace(year=day.year - 16))
    client = by(here)
    asked = "16 or over: review with them who receives what"
    assert asked in client.get(AT).content.decode()
    assert client.post(f"{page_of(here.children['ivy'])}rights/").status_code == 302
    client.post(f"{page_of(leo)}rights/")
    assert asked not in client.get(AT).content.decode()
    assert "Joan Pike reviewed with them" in client.get(page_of(leo)).content.decode()
    see(school_id=here.school.pk)
    assert list(Entry.objects.filter(verb="reviewed who receives what")) and (
        Pupil.objects.get(pk=leo.pk).rights_reviewed_by == here.team["joan"]
    )
    assert not Pupil.objects.get(pk=here.children["ivy"].pk).rights_reviewed_at


def test_an_address_that_was_left_behind_is_shown_to_nobody_once_it_is_protected(
    here: Cast,
) -> None:
    see(school_id=here.school.pk)
    household = Household.objects.create(school=here.school, name="Reed", address="1 Old Lane")
    HouseholdStay.objects.create(
        school=here.school,
        household=household,
        carer=here.carers["nina"],
        since=timezone.now().date(),
    )
    page = page_of(here.carers["nina"])
    assert "1 Old Lane" in by(here).get(f"{page}post/").content.decode()
    see(school_id=here.school.pk)
    Carer.objects.filter(pk=here.carers["nina"].pk).update(protected_address=True)
    assert "1 Old Lane" not in by(here).get(f"{page}post/").content.decode()
