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
        "covered": request.COOKIES.get("cover") == "yes",
    }
