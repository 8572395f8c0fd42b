"""What the head's page shows; each part is one line of `head_page` and one of its template."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolgate.accounts.guarding import begun_today
from schoolgate.delivery.queries import not_reached
from schoolgate.desk.cover import covers_at
from schoolgate.desk.head_lines import Line, lines_of
from schoolgate.desk.people_forms import role_name
from schoolgate.desk.people_pages import open_resets
from schoolgate.good_news.queries import quiet_children
from schoolgate.incidents.queries import counts
from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember
from schoolgate.people.presence import members_here
from schoolgate.people.queries import holders, without_safe_route
from schoolgate.policy.queries import headline
from schoolgate.school.models import School
from schoolgate.today.queries import unseen

LIAISON = ("family_liaison",)


@dataclass(frozen=True)
class Card:
    """A count with a way in."""

    heading: str
    sentences: list[str]
    address: str
    press: str


def head_page(who: Who) -> dict[str, Any]:
    """Late, at risk, asked of them and by when, not seen, not reached, and who covers whom."""
    assert who.school is not None  # the gate admits leaders of a school
    lines = lines_of(who)
    return {
        "late": [line for line in lines if line.due.state == "late"],
        "coming": [line for line in lines if line.due.state != "late"],
        "stands": how_it_stands(who, lines),
        "liaison": liaison_here(who.school, who.at),
        "cards": [
            for_today_card(who.school, who.at),
            told_today_card(who.school, who.at),
            not_reached_card(who.school),
            good_news_card(who.school, who.at),
            accounts_card(who),
        ],
        "headline": headline(who.school, who.at),
        "covers": covers_at(who.school, who.at),
    }


def accounts_card(who: Who) -> Card:
    """Who has got a role that guards much today, and the ways in that wait (decision 23)."""
    assert who.school is not None  # the gate admits leaders of a school
    waiting = open_resets(who).count()
    said = [
        _("{name} holds a role of the office or above since today: {role}.").format(
            name=held.member.name, role=role_name(held.role)
        )
        for held in begun_today(who.school, who.at)
    ]
    if waiting:
        said.append(
            ngettext(
                "One changed way in waits for a decision.",
                "{n} changed ways in wait for a decision.",
                waiting,
            ).format(n=waiting)
        )
    return Card(
        heading=_("Accounts of the office and above"),
        sentences=said or [_("No new one today; nothing waits for a decision.")],
        address=reverse("resets", kwargs={"school": who.school.slug}),
        press=_("Ways in that wait"),
    )


def how_it_stands(who: Who, lines: list[Line]) -> str:
    """One sentence or three on how things stand."""
    assert who.school is not None  # the gate admits leaders of a school
    late = sum(line.thread is not None and line.due.state == "late" for line in lines)
    asked = sum(line.is_mine for line in lines)
    today = unseen(who.school, who.at).waiting
    said = [
        ngettext(
            "One family is past the time we gave.",
            "{n} families are past the time we gave.",
            late,
        ).format(n=late)
        if late
        else _("Nobody is past the time we gave."),
        ngettext("One asked for you.", "{n} asked for you.", asked).format(n=asked)
        if asked
        else "",
        ngettext(
            "One message for today is not seen yet.",
            "{n} messages for today are not seen yet.",
            today,
        ).format(n=today)
        if today
        else "",
    ]
    return " ".join(filter(None, said))


def for_today_card(school: School, at: datetime) -> Card:
    """What is for today and nobody has seen, and of it what is past its time (decision 1; UTC)."""
    found = unseen(school, at)
    said = [
        ngettext("One is not seen yet.", "{n} are not seen yet.", found.waiting).format(
            n=found.waiting
        )
        if found.waiting
        else _("Everything has been seen.")
    ]
    if found.late:
        said.append(
            ngettext("One is past its time.", "{n} are past their time.", found.late).format(
                n=found.late
            )
        )
    address = reverse("for_today", kwargs={"school": school.slug})
    return Card(_("For today"), said, address, _("Open: for today"))


def told_today_card(school: School, at: datetime) -> Card:
    """Who must be told today and is not yet, and whom to ring (decision 10; UTC)."""
    found = counts(school, at)
    said = [
        ngettext(
            "One adult is to be told today.", "{n} adults are to be told today.", found.adults
        ).format(n=found.adults)
        if found.adults
        else _("Everybody who must be told has been told.")
    ]
    if found.to_ring:
        said.append(
            ngettext("One is to be rung.", "{n} are to be rung.", found.to_ring).format(
                n=found.to_ring
            )
        )
    address = reverse("told_today", kwargs={"school": school.slug})
    return Card(_("Told today"), said, address, _("Open: told today"))


def not_reached_card(school: School) -> Card:
    """How many adults nothing reached, and who has no safe route (threat T15)."""
    people = not_reached(school.pk).order_by().values("carer").distinct().count()
    tasks = without_safe_route(school.pk).count()
    said = [
        ngettext("One person was not reached.", "{n} people were not reached.", people).format(
            n=people
        )
        if people
        else _("Every message arrived, as far as anybody can know.")
    ]
    if tasks:
        said.append(
            ngettext(
                "One family has no safe route.", "{n} families have no safe route.", tasks
            ).format(n=tasks)
        )
    address = reverse("not_reached", kwargs={"school": school.slug})
    return Card(_("Not reached"), said, address, _("Open: not reached"))


def good_news_card(school: School, at: datetime) -> Card:
    """Of how many children nothing good was told in ten school days (Clause 1.0-S2; UTC)."""
    quiet = quiet_children(school, at).count()
    said = (
        ngettext(
            "Nothing good was told of one child in ten school days.",
            "Nothing good was told of {n} children in ten school days.",
            quiet,
        ).format(n=quiet)
        if quiet
        else _("Something good was told of every child in ten school days.")
    )
    address = reverse("good_news", kwargs={"school": school.slug})
    return Card(_("Good news"), [said], address, _("Open: good news"))


def liaison_here(school: School, at: datetime) -> TeamMember | None:
    """The family liaison who is here, to ask by one press; none where there is none (UTC)."""
    held = holders(school_id=school.pk, roles=LIAISON, at=at).values("pk")
    return members_here(school.pk, at).filter(pk__in=held).order_by("sorted_by").first()
