"""What every page needs to know about itself."""

import hmac

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
        "person_mark": mark_of(who.user_id) if who and who.user_id else "",
    }


def mark_of(user_id: int) -> str:
    """By what a tab knows whose words it keeps; nobody can tell from it who that is."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"words of {user_id}".encode(), "sha256").hex()[:16]


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
