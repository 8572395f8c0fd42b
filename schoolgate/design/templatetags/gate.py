"""The parts that templates are made of."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def icon(name: str, more: str = "") -> SafeString:
    """One drawn sign; always beside a word, so it is hidden from those who listen."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        more,
        static("schoolgate/icons.svg"),
        name,
    )


@register.filter
def clock(at: datetime | None) -> str:
    """The hour of a moment in the school's zone: "10:00"."""
    return timezone.localtime(at).strftime("%H:%M") if at else ""


@register.filter
def weekday_and_date(at: datetime | None) -> str:
    """ "Tuesday 24 November" in the school's zone."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{_(local.strftime('%A'))} {local.day} {_(local.strftime('%B'))}"


@register.filter
def gist(words: str) -> str:
    """The first words after a note's greeting, for its one line in a thread."""
    after_hello = " ".join(words.split()).partition(". ")[2] or words
    return Truncator(after_hello).chars(90)


@register.filter
def day_and_hour(at: datetime | None) -> str:
    """ "Tuesday 24 November, 10:00" in the school's zone."""
    return f"{weekday_and_date(at)}, {clock(at)}" if at else ""


@register.simple_tag(takes_context=True)
def said_at(context: template.Context, at: datetime) -> str:
    """ "today 10:00", else "Friday 20 November, 14:05"."""
    now = context["who"].at if context.get("who") else timezone.now()
    if timezone.localtime(at).date() == timezone.localtime(now).date():
        return _("today {time}").format(time=clock(at))
    return day_and_hour(at)
