"""The links that go up by URL name: from pages of lower rooms to those of upper ones."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from schoolgate.accounts.asking import who_asks
from schoolgate.desk import places

# What stands on pages of lower rooms and leads to upper ones: name of the link -> URL name.
LINKS = {
    "team_home": "to_answer",
    "family_home": "home",
    "worried": "worried",
    "write": "write",
    "person": "person",
    "ask_the_head": "ask_the_head",
    "settlement": "settlement",
    "make_a_complaint": "make_a_complaint",
    "taking_further": "taking_further",
    "choose_for_today": "choose_for_today",
    "tray": "tray",
    "live": "live",
}


def navigation(request: HttpRequest) -> dict[str, object]:
    """The links for every template, and the team's places, worked out only where they are shown."""
    return {
        "links": LINKS,
        "places": SimpleLazyObject(lambda: places.places_for(request, who_asks(request))),
        "hours_today": SimpleLazyObject(lambda: places.hours_today(who_asks(request))),
    }
