"""An order belongs to the adult and the child, whatever the school's system calls either of them.

However often their link ends and begins, and under whatever ids, nothing widens by itself.
"""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.describing import protect_address
from schoolgate.people.actions.holding_back import hold_back
from schoolgate.people.actions.joining import NewLink, end_link, link_carer
from schoolgate.people.actions.limits import begin_limit, lift_limit
from schoolgate.people.actions.safe_routes import begin_no_safe_route
from schoolgate.people.entitlement import links_with_level, may_receive
from schoolgate.people.holding import HeldSince
from schoolgate.people.models import Carer, Limit, Link, NoSafeRoute, Pupil, Receives, TeamMember
from schoolgate.people.tests.bringing import FILES, bring, bring_only
from schoolgate.rehearsal.cast import Cast, open_school
from schoolgate.school.models import School
from schoolgate.school.tenancy import see

ORDER = "No contact: order of 3 May"


@pytest.fixture
def school(db: None) -> School:
    found = open_school("medway-green")
    see(school_id=found.pk)
    return found


def renamed(files: dict[str, str], *changes: tuple[str, str]) -> dict[str, str]:
    """The folder with other words in it, as `carers` and so on."""
    texts = {}
    for name, text in files.items():
        for old, new in changes:
            text = text.replace(old, new)  # noqa: PLW2901 - each change on the last
        texts[name] = text
    return texts


@pytest.mark.clause("2.2-T5")
def test_an_order_survives_an_ended_and_remade_link(medway: Cast, now: datetime) -> None:
    kuba, piotr = medway.children["kuba"], medway.carers["piotr"]
    end_link(actor=SYSTEM, link=Link.objects.get(carer=piotr, pupil=kuba), at=now)
    link_carer(actor=SYSTEM, carer=piotr, pupil=kuba, new=NewLink("father"), at=now)
    assert not may_receive(carer=piotr, pupil=kuba, level=Receives.GENERAL, at=now)


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("name", ["Bob Stone", "Stone, Bob", "Mr Bob Stone", "Robert Stone"])
def test_an_order_a_mark_and_send_nothing_survive_a_new_id(
    school: School, now: datetime, name: str
) -> None:
    bring(school, now)
    bob = Carer.objects.get(external_id="C2")
    keeper = TeamMember.objects.get(external_id="T1")
    begin_no_safe_route(actor=SYSTEM, carer=bob, held_by=keeper, words="by hand", at=now)
    texts = renamed(FILES, ("C2,Bob Stone", f'C7,"{name}"'), (",pl,,yes", ",pl,,no"))
    texts = renamed(texts, (f"P2,C2,father,progress,{ORDER},2027-05-03", "P2,C7,father,,,"))
    difference = bring_only(school, now, texts)
    again, mia = Carer.objects.get(external_id="C7"), Pupil.objects.get(external_id="P2")
    assert not may_receive(carer=again, pupil=mia, level=Receives.GENERAL, at=now)
    assert again.protected_address
    assert NoSafeRoute.objects.filter(carer=again, ended_at=None).exists()
    assert len(difference.part("links.csv").carried) == 3, "each is named before it is done"
    assert may_receive(
        carer=Carer.objects.get(external_id="C1"), pupil=mia, level=Receives.PROGRESS, at=now
    )


@pytest.mark.clause("2.2-T5")
def test_an_order_survives_a_child_who_comes_back_under_another_id(
    school: School, now: datetime
) -> None:
    bring(school, now)
    bring_only(school, now, renamed(FILES, ("P2,", "P9,"), (f"progress,{ORDER},2027-05-03", ",,")))
    bob, mia = Carer.objects.get(external_id="C2"), Pupil.objects.get(external_id="P9")
    assert not may_receive(carer=bob, pupil=mia, level=Receives.GENERAL, at=now)


@pytest.mark.clause("2.2-T5")
def test_of_two_rows_that_become_one_the_order_holds_on_the_one_that_stays(
    school: School, now: datetime
) -> None:
    twice = FILES | {
        "carers.csv": FILES["carers.csv"] + "C7,Robert Stone,,,,,\n",
        "links.csv": FILES["links.csv"] + "P2,C7,father,,,\n",
    }
    bring_only(school, now, twice)
    texts = renamed(FILES, ("C2,Bob", "C7,Robert"), ("P2,C2,", "P2,C7,"), (ORDER, ""))
    bring_only(school, now, texts)
    mia, robert = Pupil.objects.get(external_id="P2"), Carer.objects.get(external_id="C7")
    assert not may_receive(carer=robert, pupil=mia, level=Receives.GENERAL, at=now)


def test_who_is_held_back_is_held_back_under_a_new_id_too(medway: Cast, now: datetime) -> None:
    kuba, ewa = medway.children["kuba"], medway.carers["ewa"]
    lead = medway.user_id("helen")
    see(school_id=medway.school.pk, user_id=lead)
    hold_back(user_id=lead, pupil=kuba, carer=ewa, reason="x", at=now)
    see(school_id=medway.school.pk)
    pupils = "id,first_name,last_name\n" + "".join(
        f"{one.external_id},{one.first_name},{one.last_name}\n" for one in Pupil.objects.all()
    )
    carers = "id,name\nC-new,Ewa Malinowska\n"
    links = "pupil,carer,relationship\nP-kuba,C-new,mother\n"
    files = {"pupils.csv": pupils, "carers.csv": carers, "links.csv": links}
    difference = bring_only(medway.school, now, files)
    again = Link.objects.annotate(held=HeldSince("carer", "pupil", now)).get(
        carer__external_id="C-new"
    )
    assert again.held == now
    assert "held" not in str(list(difference.lines())), "and the file's reader learns nothing"


def test_what_the_head_has_lifted_on_a_row_is_not_laid_there_again(
    school: School, now: datetime
) -> None:
    bring(school, now)
    texts = renamed(FILES, ("C2,", "C7,"), (f"progress,{ORDER},2027-05-03", ",,"))
    bring_only(school, now, texts)
    carried = Limit.objects.get(carried_from__isnull=False)
    head = TeamMember.objects.get(external_id="T1")
    lift_limit(decided_by=head, actor=SYSTEM, limit=carried, because="It is his brother", at=now)
    assert bring_only(school, now, texts).is_empty
    assert not Limit.objects.filter(carried_from__isnull=False, lifted_at=None).exists()


def test_a_namesake_of_another_child_is_limited_by_nothing(school: School, now: datetime) -> None:
    other = FILES | {
        "carers.csv": FILES["carers.csv"] + "C8,Bob Stone,bob@example.net,,,,\n",
        "links.csv": FILES["links.csv"] + "P1,C8,father,,,\n",
    }
    bring_only(school, now, other)
    other_bob, noel = Carer.objects.get(external_id="C8"), Pupil.objects.get(external_id="P1")
    assert may_receive(carer=other_bob, pupil=noel, level=Receives.PROGRESS, at=now)
    assert not other_bob.protected_address


@pytest.mark.clause("2.2-T5")
def test_a_changed_order_with_the_same_words_is_applied_when_stricter_and_named_when_not(
    school: School, now: datetime
) -> None:
    head = "pupil,carer,relationship,order,order_receives,order_ends_on\n"
    row = "P2,C2,father,Order of 3 May,{},{}\n"
    bring(school, now, links=head + row.format("general", "2027-05-03"))
    limit = Limit.objects.get()
    assert limit.receives_at_most == Receives.GENERAL
    stricter = bring(school, now, links=head + row.format("nothing", "2028-05-03"))
    limit.refresh_from_db()
    assert (limit.receives_at_most, str(limit.ends_on)) == (Receives.NOTHING, "2028-05-03")
    assert stricter.part("links.csv").changed
    looser = bring(school, now, links=head + row.format("general", "2027-01-01"))
    limit.refresh_from_db()
    assert (limit.receives_at_most, str(limit.ends_on)) == (Receives.NOTHING, "2028-05-03")
    assert len(looser.part("links.csv").kept) == 2 and looser.is_empty
    deciding = TeamMember.objects.get(external_id="T1")
    lift_limit(decided_by=deciding, actor=SYSTEM, limit=limit, because="It has ended", at=now)
    bring(school, now, links=head + row.format("nothing", "2028-05-03"))
    assert not Limit.objects.filter(lifted_at=None).exists(), "what is lifted stays lifted"
    bring(school, now, links=head + row.format("nothing", ""))
    assert Limit.objects.filter(lifted_at=None).count() == 1, "a longer one is an order again"


def test_an_order_in_the_file_holds_where_the_office_has_ended_the_link(
    school: School, now: datetime
) -> None:
    bring(school, now)
    Limit.objects.all().delete()
    ann, mia = Carer.objects.get(external_id="C1"), Pupil.objects.get(external_id="P2")
    end_link(actor=SYSTEM, link=Link.objects.get(carer=ann, pupil=mia), at=now)
    links = FILES["links.csv"].replace("P2,C1,mother,,,", "P2,C1,mother,,Order of June,")
    bring(school, now, links=links)
    link_carer(actor=SYSTEM, carer=ann, pupil=mia, new=NewLink("mother"), at=now)
    assert not may_receive(carer=ann, pupil=mia, level=Receives.GENERAL, at=now)


# What may happen to Bob and Mia, in any order.
IDS, NAMES = ("C2", "C7", "C9"), ("Bob Stone", "Stone, Bob", "Mr Bob Stone", "Robert Stone")
FILE = st.tuples(
    st.just("file"),
    st.sets(st.sampled_from(IDS), max_size=2),
    st.sampled_from(NAMES),
    st.sampled_from(["P2", "P8"]),
    st.sampled_from(["", "general", "progress"]),
    st.sampled_from(["", "nothing", "general"]),
)
BY_HAND = st.sampled_from(
    [("end",), ("link",), ("order", 0), ("order", 1), ("protect",), ("send nothing",)]
)


@dataclass
class Truth:
    """What somebody has laid on Bob, and that nobody has lifted."""

    at_most: int = Receives.PROGRESS
    protected: bool = False
    nothing_sent: bool = False


def bobs() -> list[Carer]:
    return list(Carer.objects.exclude(external_id="C1").filter(ended_at=None))


def act(school: School, truth: Truth, step: tuple[object, ...], at: datetime) -> None:
    """One thing that happens, and what it lays on Bob."""
    kind = step[0]
    links = list(Link.objects.filter(ended_at=None, carer__in=bobs()).select_related("carer"))
    if kind == "file":
        _file(school, truth, step, at)
    elif kind == "end":
        for link in links:
            end_link(actor=SYSTEM, link=link, at=at)
    elif kind == "link":
        for carer in bobs():
            for pupil in Pupil.objects.filter(left_on=None, last_name="Stone"):
                if not Link.objects.filter(carer=carer, pupil=pupil, ended_at=None).exists():
                    link_carer(actor=SYSTEM, carer=carer, pupil=pupil, new=NewLink("dad"), at=at)
    elif kind == "order" and links:
        level = Receives(int(str(step[1])))
        begin_limit(actor=SYSTEM, link=links[0], at_most=level, says="An order", at=at)
        truth.at_most = min(truth.at_most, level)
    elif kind == "protect" and links:
        protect_address(actor=SYSTEM, carer=links[0].carer, at=at)
        truth.protected = True
    elif kind == "send nothing" and links:
        keeper = TeamMember.objects.get(external_id="T1")
        begin_no_safe_route(
            actor=SYSTEM, carer=links[0].carer, held_by=keeper, words="by hand", at=at
        )
        truth.nothing_sent = True


def _file(school: School, truth: Truth, step: tuple[object, ...], at: datetime) -> None:
    _, ids, name, child, receives, order = step
    assert isinstance(ids, set)
    says = f"Order,{order}" if order else ","
    carers = "".join(f'{one},"{name}"\n' for one in sorted(ids))
    links = "".join(f"{child},{one},father,{receives},{says}\n" for one in sorted(ids))
    bring_only(
        school,
        at,
        {
            "pupils.csv": f"id,first_name,last_name,born_on\n{child},Mia,Stone,2013-01-02\n",
            "carers.csv": f"id,name\nC1,Ann Stone\n{carers}",
            "links.csv": "pupil,carer,relationship,receives,order,order_receives\n"
            f"{child},C1,mother,,,\n{links}",
        },
    )
    if ids and order:
        truth.at_most = min(truth.at_most, Receives[str(order).upper()])


@pytest.mark.clause("2.2-T5")
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each step asks the database: shrinking takes long
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(FILE | BY_HAND, min_size=2, max_size=7))
def test_whatever_happens_to_rows_and_links_nothing_widens_by_itself(
    school: School, now: datetime, steps: list[tuple[object, ...]]
) -> None:
    with transaction.atomic():
        bring_only(school, now, {"team.csv": FILES["team.csv"]})
        truth = Truth()
        act(school, truth, ("file", {"C2"}, "Bob Stone", "P2", "", ""), now)
        for step in steps:
            act(school, truth, step, now)
            rows = links_with_level(now).filter(carer__in=bobs())
            assert all(link.level <= truth.at_most for link in rows), step
            for carer in {link.carer for link in rows.select_related("carer")}:
                assert carer.protected_address or not truth.protected, step
                sent = NoSafeRoute.objects.filter(carer=carer, ended_at=None)
                assert sent.exists() or not truth.nothing_sent, step
            ann = Link.objects.filter(carer__external_id="C1", ended_at=None)
            assert all(link.receives == Receives.PROGRESS for link in ann), "nobody else is limited"
        assert not Limit.objects.filter(link__carer__external_id="C1").exists()
        transaction.set_rollback(True)
