"""Reads the sections of a school's file that are not about time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from schoolgate.school.settings_parts import (
    Brand,
    Choices,
    ClickToCall,
    Contact,
    EmailRoute,
    Ethos,
    ForToday,
    Group,
    HeadCounting,
    IsamsVariation,
    Promises,
    Sending,
    Telephone,
)
from schoolgate.school.settings_reading import Table, clock_time
from schoolgate.working_time.length import Length

# Yellows and magentas of the design's lightness cannot be told from its warnings.
REFUSED_HUES = (range(20, 81), range(285, 336))
MOST_CHROMA = 0.11
LONGEST_LINE = 80
MINUTES = (1, 240)

# By a school that says nothing, something urgent is sent by these.
DIGEST_AT, NOT_REACHED_AT = time(15), time(14)
URGENT_SENDERS = ("head", "assistant_head", "office", "dsl", "deputy_dsl")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ROLE = re.compile(r"[a-z][a-z0-9_]*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@(.+)")


@dataclass(frozen=True, slots=True)
class EmailPart:
    """How email goes out and comes in."""

    route: EmailRoute
    mailbox: str
    domains: tuple[str, ...]
    inbound: str
    variation: IsamsVariation | None


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads: the title, the roles that hold it, and the steps upward."""

    title: str
    holders: tuple[str, ...]
    ladder: tuple[str, ...]


def read_slug(top: Table) -> str:
    """The school's short name in addresses: small letters, digits, hyphens."""
    return top.read("slug", _slug, default="", required=True)


def read_group(top: Table) -> Group:
    """The optional table `[group]`."""
    table = top.table("group")
    group = Group(
        name=table.text("name", required=bool(table.values)),
        statement=table.text("statement"),
        brands=table.texts("brands"),
    )
    table.close()
    return group


def read_brand(top: Table) -> Brand:
    """The table `[brand]`: a hue that stays apart from the warnings, and a quiet chroma."""
    table = top.table("brand", required=True)
    hue = table.number("hue", required="brand" in top)
    chroma = table.number("chroma", required="brand" in top)
    table.close()
    if hue != int(hue) or not 0 <= hue <= 359:
        table.wrong("hue", "This must be a whole number from 0 to 359.")
    elif any(int(hue) in refused for refused in REFUSED_HUES):
        table.wrong("hue", "Hues from 20 to 80 and from 285 to 335 are kept for warnings.")
    if not 0 <= chroma <= MOST_CHROMA:
        table.wrong("chroma", f"This must be a number from 0 to {MOST_CHROMA}.")
    return Brand(int(hue), float(chroma))


def read_contact(top: Table) -> Contact:
    """The table `[contact]` (clause 6.0-C)."""
    table = top.table("contact", required=True)
    there = "contact" in top
    contact = Contact(
        address=table.texts("address", required=there),
        phone=table.text("phone", required=there),
        email=table.read("email", _address, default=""),
        website=table.read("website", _website, default=""),
    )
    table.close()
    return contact


def read_promises(top: Table) -> Promises:
    """The table `[promises]`; what neither policy fixes has a default."""
    table = top.table("promises", required=True)
    promises = Promises(
        reply=_length(table, "reply", "1 working day", required="promises" in top),
        head=_length(table, "head", "24 hours"),
        acknowledge=table.read("acknowledge", Length.read, default=None),
        head_counting=HeadCounting(
            table.choice("head_counting", list(HeadCounting), default=HeadCounting.WORKING_DAYS)
        ),
        head_reading_adopted_on=table.day("head_reading_adopted_on"),
        update=_length(table, "update", "5 working days"),
        tray=_length(table, "tray", "1 working hour"),
        holding_limit=_length(table, "holding_limit", "5 working days"),
        settled_after=_length(table, "settled_after", "10 working days"),
        did_not_answer_for=_length(table, "did_not_answer_for", "5 working days"),
        leader_after=_length(table, "leader_after", "2 working hours"),
        day_before_list=_clock(table, "day_before_list", time(12)),
    )
    table.close()
    return promises


def read_for_today(top: Table) -> ForToday:
    """The optional table `[today]`: minutes, and the time from which families are rung."""
    table = top.table("today")
    found = ForToday(
        seen_within=_minutes(table, "seen_within", 15),
        head_after=_minutes(table, "head_after", 10),
        rings_from=_clock(table, "rings_from", time(9, 30)),
        alarm_after=_minutes(table, "alarm_after", 60),
    )
    table.close()
    return found


def _minutes(table: Table, key: str, default: int) -> timedelta:
    value = table.number(key) if key in table.values else default
    if not MINUTES[0] <= value <= MINUTES[1]:
        table.wrong(key, f"This must be a number of minutes from {MINUTES[0]} to {MINUTES[1]}.")
    return timedelta(minutes=int(value))


def read_leaders(top: Table) -> Leaders:
    """The head's title, the roles that hold it, and the ladder, first step first."""
    leaders = Leaders(
        title=top.text("head_title", required=True),
        holders=_roles(top, "head_holders", required=True),
        ladder=_roles(top, "ladder", required=True),
    )
    if leaders.holders and leaders.ladder and not set(leaders.holders) & set(leaders.ladder):
        top.wrong("ladder", "One step of the ladder must be a role of head_holders.")
    return leaders


def read_email(top: Table) -> EmailPart:
    """The email route and what belongs to it (D1, clauses 2.1-M2a and 2.1-M2b)."""
    route = EmailRoute(
        top.choice("email_route", list(EmailRoute), default=EmailRoute.ISAMS, required=True)
    )
    email = EmailPart(
        route=route,
        mailbox=top.read("mailbox", _address, default="", required=route != EmailRoute.ISAMS),
        domains=_each(top, "mail_domains", _domain),
        inbound=top.read("inbound_address", _address, default="", required=True),
        variation=_isams_variation(top),
    )
    if route is not EmailRoute.ISAMS or email.mailbox:
        _check_own_domain(top, email)
    if email.variation and route is not EmailRoute.ISAMS:
        top.wrong("isams_variation", 'This belongs to a school with email_route = "isams" only.')
    return email


def read_sending(top: Table) -> Sending:
    """Who sends what can't wait, the price of a text, and the times of digest and office list."""
    price = top.number("text_price_pence")
    if price < 0:
        top.wrong("text_price_pence", "This must be a number of pence, such as 3.2.")
    return Sending(
        _roles(top, "urgent_senders") or URGENT_SENDERS,
        price if price > 0 else None,
        digest_at=_time_of_day(top, "digest_at", DIGEST_AT),
        not_reached_at=_time_of_day(top, "not_reached_at", NOT_REACHED_AT),
    )


def read_telephone(top: Table, contact: Contact) -> Telephone:
    """The school's lines, the switchboard if it names none, and how a press rings (2.2-T4b)."""
    lines = top.texts("school_lines") or tuple(filter(None, [contact.phone]))
    if len(set(lines)) < len(lines) or any(len(line) > LONGEST_LINE for line in lines):
        top.wrong("school_lines", f"Each line stands here once, in at most {LONGEST_LINE} letters.")
    way = ClickToCall(top.choice("click_to_call", list(ClickToCall), default=ClickToCall.LINK))
    domain = top.read("sip_domain", _domain, default="")
    if way is ClickToCall.SIP and not domain:
        top.wrong("sip_domain", 'click_to_call = "sip" needs the domain of the school\'s trunk.')
    return Telephone(lines, way, domain)


def _time_of_day(top: Table, key: str, usual: time) -> time:
    words = top.text(key)
    if not words:
        return usual
    try:
        return time.fromisoformat(words)
    except ValueError:
        top.wrong(key, 'This must be a time such as "15:30".')
        return usual


def read_ethos(top: Table) -> Ethos:
    """The table `[ethos]` (D5, D6)."""
    table = top.table("ethos", required=True)
    ethos = Ethos(
        qualities=table.texts("qualities", required="ethos" in top),
        hard_years_of=table.text("hard_years_of", default="the children"),
    )
    table.close()
    return ethos


def read_choices(top: Table, head_holders: tuple[str, ...]) -> Choices:
    """The optional table `[choices]`: proposed readings that a school may change."""
    table = top.table("choices")
    decided_by = _roles(table, "not_responding_decided_by")
    choices = Choices(
        reply_is=table.choice("reply_is", ["target", "promise"], default="target"),
        staff_escalation_starts_head_clock=table.flag(
            "staff_escalation_starts_head_clock", default=True
        ),
        above_head=table.read("above_head", _role, default="group_lead"),
        concern_about_head_goes_to=table.read(
            "concern_about_head_goes_to", _role, default="proprietor"
        ),
        concern_about_dsl_goes_to=table.read("concern_about_dsl_goes_to", _role, default="head"),
        safeguarding_on_call=table.flag("safeguarding_on_call", default=False),
        safeguarding_tells_who_is_away=table.flag("safeguarding_tells_who_is_away", default=True),
        safeguarding_file=table.choice(
            "safeguarding_file", ["here", "cpoms", "myconcern"], default="here"
        ),
        not_responding_decided_by=decided_by or head_holders,
        barred_adult_is_called=table.text(
            "barred_adult_is_called", default="the adult the arrangement is about"
        ),
        app_chat_is_email=table.flag("app_chat_is_email", default=False),
        voicemail_starts_clock=table.flag("voicemail_starts_clock", default=True),
        parents_are_asked_within=_length(table, "parents_are_asked_within", "5 working days"),
    )
    table.close()
    return choices


def _isams_variation(top: Table) -> IsamsVariation | None:
    table = top.table("isams_variation")
    if not table.values:
        return None
    recorded_by = table.text("recorded_by", required=True)
    recorded_on = table.day("recorded_on", required=True)
    counts = table.flag("portal_counts_as_parent_portal", default=False)
    codes = table.flag("codes_may_be_sent", default=False)
    ends_on = table.day("ends_on")
    table.close()
    if recorded_on and ends_on and ends_on < recorded_on:
        table.wrong("ends_on", "This day must not come before recorded_on.")
    return IsamsVariation(recorded_by, recorded_on, counts, codes, ends_on) if recorded_on else None


def _check_own_domain(top: Table, email: EmailPart) -> None:
    if not email.domains:
        top.wrong("mail_domains", "This list needs the domain of the school's mailbox.")
    elif email.mailbox and email.mailbox.partition("@")[2].lower() not in email.domains:
        top.wrong("mailbox", "This address must lie in one of the mail_domains.")


def _roles(table: Table, key: str, *, required: bool = False) -> tuple[str, ...]:
    roles = _each(table, key, _role, required=required)
    if len(set(roles)) < len(roles):
        table.wrong(key, "Each role can stand here once.")
    return roles


def _each(
    table: Table, key: str, reader: Callable[[str], str], *, required: bool = False
) -> tuple[str, ...]:
    found: list[str] = []
    for word in table.texts(key, required=required):
        try:
            found.append(reader(word))
        except ValueError as error:
            table.wrong(key, str(error))
    return tuple(found)


def _length(table: Table, key: str, default: str, *, required: bool = False) -> Length:
    return table.read(key, Length.read, default=Length.read(default), required=required)


def _clock(table: Table, key: str, default: time) -> time:
    value = table.raw(key)
    found = clock_time(value)
    if value is not None and found is None:
        table.wrong(key, 'This must be a time such as "12:00".')
    return found or default


def _slug(words: str) -> str:
    if not _SLUG.fullmatch(words):
        raise ValueError(f"{words!r} must be small letters and digits, joined by hyphens.")
    return words


def _role(words: str) -> str:
    if not _ROLE.fullmatch(words):
        raise ValueError(f"{words!r} is not the name of a role, such as assistant_head.")
    return words


def _domain(words: str) -> str:
    if not _DOMAIN.fullmatch(words.lower()):
        raise ValueError(f"{words!r} is not a domain such as example.org.")
    return words.lower()


def _address(words: str) -> str:
    found = _ADDRESS.fullmatch(words)
    if found is None or not _DOMAIN.fullmatch(found[1].lower()):
        raise ValueError(f"{words!r} is not an email address.")
    return words


def _website(words: str) -> str:
    bare = re.sub(r"^https?://", "", words).partition("/")[0]
    if not _DOMAIN.fullmatch(bare.lower()):
        raise ValueError(f"{words!r} is not the address of a website.")
    return words
