"""A calendar invitation in one line: what, when, where; pure, and in no language."""

import re
from datetime import date, datetime

MOST = 100_000  # characters
_PROPERTY = re.compile(r"^(SUMMARY|DTSTART|DTEND|LOCATION)((?:;[^:\n]{0,200})?):(.*)$", re.M | re.I)
_EVENT = re.compile(r"BEGIN:VEVENT(.*?)(?:END:VEVENT|\Z)", re.S | re.I)
_ZONE = re.compile(r'TZID="?([^;:"]{1,80})', re.I)
_CANCELLED = re.compile(r"^STATUS(?:;[^:\n]{0,200})?:\s*CANCELLED", re.M | re.I)
_CANCELS = re.compile(r"^METHOD:\s*CANCEL\b", re.M | re.I)
_REPLIES = re.compile(r"^METHOD:\s*REPLY\b", re.M | re.I)
_ANSWERS = re.compile(
    r"^ATTENDEE[^\n]{0,400}?PARTSTAT=\"?(ACCEPTED|DECLINED|TENTATIVE)", re.M | re.I
)
_ESCAPED = re.compile(r"\\([nN,;\\])")


def line_of(calendar: str) -> str:
    """The first event of an .ics file; empty when there is none. Times as the file says them."""
    unfolded = re.sub(r"\r?\n[ \t]", "", calendar[:MOST]).replace("\r", "")
    event = _EVENT.search(unfolded)
    if not event:
        return ""
    said: dict[str, tuple[str, str]] = {}
    for name, parameters, value in _PROPERTY.findall(event[1]):
        said.setdefault(name.upper(), (parameters, _plain(value)))
    pieces = [
        _ending(unfolded, event[1]),
        said.get("SUMMARY", ("", ""))[1],
        _when(said),
        said.get("LOCATION", ("", ""))[1],
    ]
    line = " · ".join(filter(None, pieces))
    return f"📅 {line}" if line else ""


def _ending(calendar: str, event: str) -> str:
    """That it is off, or what was answered, in the words of the file's own standard (RFC 5545)."""
    if _CANCELLED.search(event) or _CANCELS.search(calendar):
        return "❌ CANCELLED"
    answer = _ANSWERS.search(event) if _REPLIES.search(calendar) else None
    return answer[1].upper() if answer else ""


def _plain(value: str) -> str:
    words = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return " ".join(words.split())[:300]


def _when(said: dict[str, tuple[str, str]]) -> str:
    if "DTSTART" not in said:
        return ""
    parameters, value = said["DTSTART"]
    start, end = _moment(value), _moment(said.get("DTEND", ("", ""))[1])
    if start is None:
        return value
    words = _shown(start)
    if isinstance(start, datetime) and isinstance(end, datetime):
        same = start.date() == end.date()
        words += "–" + (f"{end:%H:%M}" if same else _shown(end))
        return f"{words} ({_zone(parameters, value)})" if _zone(parameters, value) else words
    if isinstance(start, datetime) and _zone(parameters, value):
        return f"{words} ({_zone(parameters, value)})"
    return words


def _zone(parameters: str, value: str) -> str:
    found = _ZONE.search(parameters)
    return found[1] if found else "UTC" if value.endswith("Z") else ""


def _shown(moment: date) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


def _moment(value: str) -> date | None:
    for form, length in (("%Y%m%dT%H%M%S", 15), ("%Y%m%dT%H%M", 13)):
        try:
            return datetime.strptime(value[:length], form)  # noqa: DTZ007 - shown as it was written
        except ValueError:
            continue
    try:
        return datetime.strptime(value[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
