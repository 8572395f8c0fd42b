"""What families at a rehearsal school must be told today: one was told yesterday, one waits."""

from datetime import datetime, timedelta

from schoolgate.delivery.models import Parcel
from schoolgate.incidents.actions.telling import tell
from schoolgate.incidents.actions.writing import What, write
from schoolgate.incidents.models import Incident
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast

# At Medway Green alone; who, about which child, what, how long ago it happened, and whether told.
YESTERDAY, TODAY = timedelta(days=1), timedelta(minutes=25)


def keep_told_today(cast: Cast, at: datetime) -> None:
    """Write both down so that the last is written at `at` (UTC); elsewhere nothing."""
    if "amara" not in cast.children:
        return
    told = _write(
        cast,
        "lena",
        at - YESTERDAY,
        What(
            pupil=cast.children["leila"],
            kind="injury",
            happened_at=at - YESTERDAY - TODAY,
            place="The playground, by the bench",
            facts="She tripped over the edge of the grass and grazed her left knee.",
            helped="She chose to sit on the bench with Lena, and went back to play.",
            was_hurt=True,
            injuries="A grazed knee, washed and covered. She did not want the nurse.",
            talk_to=cast.team["lena"],
            line=_line(cast),
            there=[cast.team["lena"]],
        ),
    )
    member = cast.team["lena"]
    tell(actor=_actor(cast, "lena"), member=member, incident=told, at=told.written_at)
    contents = told.tellings.values("content")
    waiting = Parcel.objects.filter(content__in=contents, state=Parcel.State.WAITING)
    waiting.update(state=Parcel.State.SENT, ended_at=told.written_at)
    _write(
        cast,
        "priya",
        at,
        What(
            pupil=cast.children["amara"],
            kind="restraint",
            happened_at=at - TODAY,
            lasted=2,
            place="The corridor outside Oak",
            facts="Two adults held her by the arms, so that she did not run into the road.",
            led_to_it="The fire bell rang without a warning, and she ran for the gate.",
            helped="Sitting on the floor together, with the bell off.",
            talk_to=cast.team["priya"],
            line=_line(cast),
            there=[cast.team["priya"], cast.team["dee"]],
        ),
    )


def _write(cast: Cast, key: str, at: datetime, what: What) -> Incident:
    return write(actor=_actor(cast, key), member=cast.team[key], what=what, at=at)


def _line(cast: Cast) -> str:
    return cast.school.settings.telephone.lines[0]


def _actor(cast: Cast, key: str) -> Actor:
    return Actor("team", cast.team[key].pk, cast.team[key].name)
