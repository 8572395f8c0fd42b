"""Messages held: what waits for whom, and when it is looked at again (decision 5)."""

from dataclasses import dataclass

from schoolgate.people.access import Who
from schoolgate.people.models import HoldBack
from schoolgate.safeguarding import access


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the card."""

    hold: HoldBack
    is_late: bool


def held(who: Who) -> list[Held]:
    """What is held back now, as far as somebody may read it; what is late stands first."""
    return [
        Held(one, one.review_by is not None and one.review_by <= who.at)
        for one in access.holds(who)
    ]
