"""Words to begin with: each kind of announcement that a school sends often, with its gaps.

A gap stands in square brackets; with one left, nothing can be sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.delivery.models import Content


@dataclass(frozen=True)
class Starter:
    """One template, and how such a message usually goes."""

    name: str | Promise
    subject: str | Promise
    text: str | Promise
    is_safety: bool = False
    by_text: bool = False
    asks: str = Content.Asks.NOTHING


STARTERS: Mapping[str, Starter] = {
    "closure": Starter(
        _("Closure"),
        _("School is closed on [day]"),
        _(
            "School is closed on [day] because [reason]. It opens again on [day].\n\n"
            "Taxis and transport: [what is arranged].\n\n"
            "If this is hard for your family, tell us."
        ),
        is_safety=True,
        by_text=True,
    ),
    "late-bus": Starter(
        _("Late bus"),
        _("The bus is late: about [minutes] minutes"),
        _(
            "The [name or number] bus is about [minutes] minutes late because [reason]. "
            "The children are with [who]. We write again when it has left."
        ),
        is_safety=True,
        by_text=True,
    ),
    "reminder": Starter(
        _("Reminder"),
        _("Reminder: [what] on [day]"),
        _("[What] is on [day] at [time]. Please bring [things]."),
    ),
    "trip": Starter(
        _("Trip"),
        _("Trip to [place] on [day]"),
        _(
            "We would like to go to [place] on [day]. We leave at [time] and are back at "
            "[time].\n\n"
            "May your child come? Please say yes or no by [day]. If something would make it "
            "easier, tell us."
        ),
        asks=Content.Asks.CONSENT,
    ),
}


def closure_words(
    days: tuple[str, str], *, hours: str, reason: str, opens: str
) -> dict[str, str | bool]:
    """A closure with its gaps filled from the calendar: the first day, and a last one or none."""
    first, last = days
    between = _("from {first} to {last}") if last else _("on {first}")
    when = str(between).format(first=first, last=last)
    why = reason or f"[{_('reason')}]"
    subject, text = _("School is closed {when}"), _("School is closed {when} because {why}.")
    if hours:
        subject = _("School is open only {hours} {when}")
        text = _("School is open only {hours} {when} because {why}.")
    again = _("It opens again on {day}.").format(day=opens or f"[{_('day')}]")
    more = _(
        "Taxis and transport: [what is arranged].\n\nIf this is hard for your family, tell us."
    )
    closed = str(text).format(when=when, why=why, hours=hours)
    return {
        "subject": str(subject).format(when=when, hours=hours),
        "text": f"{closed} {'' if hours else again}".strip() + f"\n\n{more}",
        "is_safety": True,
        "by_text": True,
    }
