"""The kinds of what a family must be told on the same day, and which of them the law counts.

Force, seclusion and restraint are recorded and reported by all schools in England since 1 April
2026, suspensions by an older duty. An injury, being sent home ill and whatever else a law names are
told as quickly, and are in no yearly figure.
"""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Kind(StrEnum):
    """What happened."""

    FORCE = "force"
    RESTRAINT = "restraint"
    SECLUSION = "seclusion"
    INJURY = "injury"
    SUSPENSION = "suspension"
    SENT_HOME = "sent home"
    OTHER = "other"


COUNTED = (Kind.FORCE, Kind.RESTRAINT, Kind.SECLUSION, Kind.SUSPENSION)
# Being sent home for how somebody behaved is a suspension in law, whatever it is called.
NAMES = {
    Kind.FORCE: gettext_lazy("Significant use of force"),
    Kind.RESTRAINT: gettext_lazy("Restraint"),
    Kind.SECLUSION: gettext_lazy("Seclusion"),
    Kind.INJURY: gettext_lazy("Injury"),
    Kind.SUSPENSION: gettext_lazy("Suspension"),
    Kind.SENT_HOME: gettext_lazy("Sent home ill"),
    Kind.OTHER: gettext_lazy("Something else that the law asks us to tell"),
}
CHOICES = [(kind.value, name) for kind, name in NAMES.items()]


def sentence(kind: str, child: str) -> str:
    """What happened in one sentence for the family, as plain as it was."""
    return {
        Kind.FORCE: _("We used force with {child}."),
        Kind.RESTRAINT: _("We restrained {child}."),
        Kind.SECLUSION: _("{child} was kept alone in a place and could not leave it."),
        Kind.INJURY: _("{child} was hurt."),
        Kind.SUSPENSION: _("{child} is suspended."),
        Kind.SENT_HOME: _("{child} was unwell and goes home."),
        Kind.OTHER: _("Something happened that you need to know about {child}."),
    }[Kind(kind)].format(child=child)
