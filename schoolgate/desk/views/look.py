"""How pages look, the way out, and whether the web process is alive."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import anybody, opened_to, signed_in
from schoolgate.accounts.reaching import offered, places_reached
from schoolgate.design.context import THEMES
from schoolgate.desk.colours import stylesheet

A_YEAR = 60 * 60 * 24 * 365


@opened_to(anybody)
@require_safe
@cache_control(max_age=3600, public=True)
def colours(request: HttpRequest) -> HttpResponse:
    """One school's colour as a stylesheet."""
    school = who_asks(request).school
    brand = school.settings.brand if school else None
    text = stylesheet(brand.hue, brand.chroma) if brand else ""
    return HttpResponse(text, content_type="text/css")


@opened_to(anybody)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Choose how pages look on this device, and whether names are covered until one signs out."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if request.POST.get("cover") in {"yes", "no"}:
        request.session["cover"] = request.POST["cover"]
    elif "screen" in request.POST:
        request.session.pop("cover", None)
    for cookie, allowed in (("theme", THEMES), ("screen", ("shared",))):
        if cookie in request.POST:
            value = request.POST[cookie]
            if value in allowed:
                response.set_cookie(
                    cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.BEHIND_HTTPS
                )
            else:
                response.delete_cookie(cookie)
    return response


@opened_to(anybody)
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """A page that says nothing, for who has to leave at once; or the site that is set for it."""
    if settings.LEAVE_TO:
        return redirect(settings.LEAVE_TO)
    return render(request, "desk/leave.html")


@opened_to(signed_in)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To the one place that somebody has, or the choice between several."""
    at = who_asks(request).at
    schools = list(dict.fromkeys(place.school for place in places_reached(request, at)))
    waiting = offered(request, at)
    if len(schools) == 1 and schools[0] and not waiting:
        return redirect("home", school=schools[0].slug)
    return render(request, "desk/start.html", {"schools": schools, "waiting": waiting})


def alive(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: the process answers, and so does the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("alive\n", content_type="text/plain")


alive.access_rule = anybody  # type: ignore[attr-defined]  # outside the transaction, so unguarded
