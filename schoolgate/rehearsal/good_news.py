"""What is good of children at a rehearsal school: told this morning, last week and long ago."""

from datetime import datetime, timedelta

from schoolgate.delivery.models import Parcel
from schoolgate.good_news.actions.telling import Good, tell
from schoolgate.ledger.actors import Actor
from schoolgate.rehearsal.cast import Cast

# Who told it, of which child, how long ago, and the words; where the child is at the school.
TOLD = (
    ("priya", "amara", timedelta(days=40), "She read a whole page aloud, to Dee."),
    (
        "lena",
        "ivy",
        timedelta(days=3),
        "She rode the bus to the library and rang the bell herself.",
    ),
    ("priya", "kuba", timedelta(days=6), "He chose the story today, and turned the pages."),
    (
        "priya",
        "kuba",
        timedelta(minutes=50),
        "Kuba came in by the side door and hung up his own coat. Then he watered the leeks.",
    ),
)


def tell_good_news(cast: Cast, at: datetime) -> None:
    """Tell it, oldest first, so that the last was told before `at` (UTC)."""
    for key, child, ago, words in TOLD:
        if child not in cast.children or key not in cast.team:
            continue
        member = cast.team[key]
        news = tell(
            actor=Actor("team", member.pk, member.name),
            member=member,
            good=Good(pupil=cast.children[child], words=words),
            at=at - ago,
        )
        about = news.heard.values("conversation")
        parcels = Parcel.objects.filter(content__thread__in=about, state=Parcel.State.WAITING)
        parcels.update(state=Parcel.State.SENT, ended_at=news.told_at)
