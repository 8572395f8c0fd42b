"""What the tests of this room do again and again, in words."""

from datetime import datetime
from typing import Any

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.good_news.actions.telling import Good, tell
from schoolgate.good_news.models import GoodNews
from schoolgate.rehearsal.cast import Cast


def tells_good(
    cast: Cast,
    member: str,
    child: str,
    at: datetime,
    words: str = "He chose the story today.",
    **more: Any,
) -> GoodNews:
    """Somebody tells something good of a child."""
    good = Good(pupil=cast.children[child], words=words, **more)
    return tell(actor=actor_of(cast, member), member=cast.team[member], good=good, at=at)


def who_heard(news: GoodNews) -> set[str]:
    """The first names of those who heard it."""
    return {one.carer.name.split(" ")[0] for one in news.heard.select_related("carer")}
