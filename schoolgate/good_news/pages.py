"""What the pages of this room show."""

from typing import Any

from schoolgate.good_news import access
from schoolgate.good_news.actions.telling import recipients
from schoolgate.good_news.forms import TellGood
from schoolgate.good_news.queries import heard_by, quiet_among
from schoolgate.people.access import Who, children_to_write_about
from schoolgate.people.models import Pupil
from schoolgate.people.telling_apart import told_apart

MOST = 60


def list_page(who: Who) -> dict[str, Any]:
    """Of whom nothing good was told lately, every child to tell of, and what was told last."""
    assert who.school is not None  # the gate admits team members
    return {
        "quiet": told_apart(quiet_among(access.own_children_of(who), who.school, who.at)[:MOST]),
        "children": told_apart(children_to_write_about(who).order_by("sorted_by", "pk")),
        "told": list(access.visible_to(who)[:MOST]),
    }


def child_page(who: Who, pupil: Pupil, form: TellGood | None = None) -> dict[str, Any]:
    """Who hears it, the words, and what good was told of the child before."""
    return {
        "pupil": pupil,
        "hearers": recipients(pupil, who.at),
        "form": form or TellGood(),
        "told": list(access.visible_to(who).filter(pupil=pupil)[:MOST]),
    }


def family_page(who: Who) -> dict[str, Any]:
    """All the good news that a family heard, latest first."""
    return {"heard": list(heard_by(who)[:MOST])}
