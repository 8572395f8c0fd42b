"""The team's side bar: the places that a person has, with plain counts."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolgate.accounts import gates
from schoolgate.announcements import access as announcements
from schoolgate.desk.lists import MOST, counts_of
from schoolgate.people.access import Who
from schoolgate.school.calendars import reply_calendar


@dataclass(frozen=True)
class Place:
    """One entry of the side bar."""

    name: str
    address: str
    here: str
    count: str = ""


def places_for(request: HttpRequest, who: Who) -> list[Place]:
    """The places of a team member; each with a count only where somebody waits."""
    if who.member is None or who.school is None:
        return []
    counts = counts_of(who, office=gates.office(who))
    asked = announcements.asked_for(who)[: MOST + 1].count() or None
    entries: list[tuple[str, str, gates.Rule, int | None]] = [
        (_("Today at the school"), "head", gates.leader, None),
        (_("Schools of the group"), "group", gates.group_lead, None),
        (_("For today"), "for_today", gates.a_team_member, counts["for_today"]),
        (_("To answer"), "to_answer", gates.a_team_member, counts["to_answer"]),
        (_("I have ten minutes"), "ten_minutes", gates.a_team_member, None),
        (_("With the family"), "with_family", gates.a_team_member, counts["with_family"]),
        (_("Promised"), "promised", gates.a_team_member, counts["promised"]),
        (_("All conversations"), "conversations", gates.a_team_member, None),
        (_("Good news"), "good_news", gates.a_team_member, None),
        (_("Told today"), "told_today", gates.a_team_member, counts["told_today"] or None),
        (_("Taken further"), "escalated", gates.a_team_member, counts["escalated"] or None),
        (_("Call or visit"), "log_call", gates.a_team_member, None),
        (_("Call-backs"), "call_tasks", gates.a_team_member, counts["call_tasks"] or None),
        (_("Saved replies"), "saved_replies", gates.a_team_member, None),
        (_("Registers"), "registers", gates.a_team_member, None),
        (_("Missing without a word"), "missing", gates.office, counts["missing"] or None),
        (_("Away and cover"), "absences", gates.a_team_member, None),
        (_("Announcements"), "announcements", gates.a_team_member, asked),
        (_("Passed to you"), "passed", gates.a_team_member, counts["passed"] or None),
        (_("Tray"), "tray", gates.office, counts["tray"]),
        (_("Hand-offs owed"), "hand_offs", gates.office, counts["hand_offs"]),
        (_("Not reached"), "not_reached", gates.office, counts["not_reached"]),
        (_("Calls to make"), "calls", gates.office, counts["calls"]),
        (_("Letters to post"), "letters", gates.office, None),
        (_("People"), "people", gates.office, None),
        (_("Sealed: safeguarding"), "sealed", gates.reader_of_concerns, None),
        (_("Councils’ numbers"), "authorities", gates.office, None),
        (_("Limits"), "limits", gates.decides_on_limits, None),
        (_("Not on the site"), "site_bars", gates.office, None),
        (_("Calendar"), "calendar", gates.office, None),
        (_("Drills"), "drills", gates.head, None),
    ]
    return [
        Place(name, address, _here(request.path, address), _in_words(count))
        for name, url, rule, count in entries
        if rule(who)
        for address in [reverse(url, kwargs={"school": who.school.slug})]
    ]


def _here(path: str, address: str) -> str:
    """As aria-current says it: this page, or one below it."""
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""


def _in_words(count: int | None) -> str:
    """A plain figure; nothing where nobody waits for anything."""
    if count is None:
        return ""
    return _("over {most}").format(most=MOST) if count > MOST else str(count)


def hours_today(who: Who) -> str:
    """When replies run today, in words for the side bar."""
    if who.school is None:
        return ""
    blocks = reply_calendar(who.school).opens_on(timezone.localtime(who.at).date())
    if not blocks:
        return _("No reply hours today.")
    return _("Replies run {first} to {last}.").format(
        first=_hour(blocks[0].start), last=_hour(blocks[-1].end)
    )


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
