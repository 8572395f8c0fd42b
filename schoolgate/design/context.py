"""What every page needs to know about itself."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark", "calm")


def page(request: HttpRequest) -> dict[str, object]:
    """The theme that was chosen, whether this is the demo, and who is asking."""
    theme = request.COOKIES.get("theme", "")
    who = getattr(request, "who", None)
    return {
        "theme": theme if theme in THEMES else "",
        "demo": settings.DEMO,
        "who": who,
        "school": who.school if who else None,
        "covered": is_covered(request),
        "shared_screen": is_shared(request),
    }


def is_covered(request: HttpRequest) -> bool:
    """Whether names are covered: as this person chose, else on a shared screen (decision 15)."""
    session = getattr(request, "session", None)
    chosen = session.get("cover") if session is not None else None
    if chosen is None:
        return is_shared(request)
    return bool(chosen == "yes")


def is_shared(request: HttpRequest) -> bool:
    """Whether this device was said to stand where others see its screen."""
    return request.COOKIES.get("screen") == "shared"
