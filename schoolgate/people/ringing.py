"""Whether somebody wishes to be rung, and on which numbers; what they asked for comes first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolgate.people.entitlement import limits_at
from schoolgate.people.models import Carer, ContactRoute, NoSafeRoute

# Needs are people's own words: "Do not phone", "Cannot ring, please write", "No calls".
_NOT = r"\b(?:do not|don.t|can ?not|can.t|never|not|no)\b"
_RINGING = r"\b(?:phon|ring|rung|call|telephon)"
_NO_CALLS = re.compile(
    rf"{_NOT}.*{_RINGING}|\b(?:only|please) (?:write|email|text)\b|in writing", re.I
)


@dataclass(frozen=True)
class Ringing:
    """What stands before somebody's numbers, and the numbers."""

    because: tuple[str, ...]
    asked_not_to: bool
    routes: tuple[ContactRoute, ...]

    @property
    def after_a_press(self) -> bool:
        """Whether the numbers come only after one more press."""
        return bool(self.because)


def ringing_of(carer: Carer, at: datetime) -> Ringing:
    """Whether and where a carer may be rung at a moment (UTC; Clause 2.1-M1, decision 2)."""
    asked = no_calls_in(carer.needs)
    unsafe = NoSafeRoute.objects.filter(carer=carer, ended_at=None).values_list("words", flat=True)
    says = limits_at(at).filter(carer=carer).order_by("pk").values_list("says", flat=True)
    routes = carer.routes.filter(
        kind__in=[ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE], ended_at=None
    )
    because = tuple(dict.fromkeys([*asked, *unsafe, *says]))
    return Ringing(because, bool(asked), tuple(routes))


def no_calls_in(needs: Sequence[str]) -> tuple[str, ...]:
    """Those of somebody's needs that ask not to be rung."""
    return tuple(need for need in needs if _NO_CALLS.search(need))


def numbers_of(carer: Carer) -> tuple[str, ...]:
    """Every number that is known to be a carer's own, in use or not."""
    kinds = [ContactRoute.Kind.MOBILE, ContactRoute.Kind.PHONE]
    return tuple(carer.routes.filter(kind__in=kinds).values_list("value", flat=True))
