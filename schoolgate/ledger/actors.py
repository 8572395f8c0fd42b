"""Who acts: a carer, a team member, or the system itself."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["carer", "team", "system", "outside"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something; `id` is a carer's or a team member's number, else 0."""

    kind: ActorKind
    id: int = 0
    name: str = ""


SYSTEM = Actor(kind="system", name="Schoolgate")
OUTSIDE = Actor(kind="outside", name="Somebody outside")
