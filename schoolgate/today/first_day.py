"""In which order families of missing children are rung; pure.

Nobody is ranked: whoever may be in danger most is rung first. Sealed matters take no part in it,
so that the order tells nothing of them.
"""

from dataclasses import dataclass

# Days missing one after another from which it weighs as much as somebody who travels alone.
LONG = 3


@dataclass(frozen=True)
class Concern:
    """What is known of a missing child when the list is made."""

    days_before: int = 0  # missing without a word on the school days just before
    by_transport: bool = False  # somebody was to bring them: between home and school
    no_safe_route: bool = False  # no carer can be reached safely
    looked_after: bool = False  # a professional holds responsibility, too
    limited: bool = False  # an order limits one of their adults
    tries: int = 0  # calls today that reached nobody


def weight(concern: Concern) -> int:
    """How soon to ring: the higher, the sooner."""
    return (
        4 * (concern.days_before >= LONG)
        + 2 * min(concern.days_before, LONG)
        + 4 * concern.by_transport
        + 4 * concern.no_safe_route
        + 3 * concern.looked_after
        + 3 * concern.limited
        - concern.tries
    )
