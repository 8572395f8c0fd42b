"""Notices on this device, and the portal as an app: what a browser asks for besides pages."""

import json

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, anybody, opened_to
from schoolgate.delivery.actions.subscribing import subscribe, unsubscribe
from schoolgate.delivery.browsers import Browser
from schoolgate.delivery.channels.web_push.channel import public_key
from schoolgate.delivery.channels.web_push.services import SERVICES
from schoolgate.delivery.errors import NotABrowser
from schoolgate.delivery.queries import browsers_of


class Asking(forms.Form):
    """What a browser says of itself."""

    endpoint = forms.CharField(max_length=500)
    key = forms.CharField(max_length=120)
    secret = forms.CharField(max_length=60)


@opened_to(a_carer)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Whether this person's devices are told that there is a message (threat T4)."""
    who = who_asks(request)
    page = {"key": public_key(), "since": browsers_of(who.carer) if who.carer else []}
    return render(request, "desk/notices.html", page)


@opened_to(a_carer)
@require_POST
def notices_beginning(request: HttpRequest) -> HttpResponse:
    """Tell this browser from now on."""
    who, form = who_asks(request), Asking(request.POST)
    assert who.carer is not None and who.school is not None  # the gate admits carers only
    try:
        if not form.is_valid():
            raise NotABrowser
        subscribe(
            actor=who.actor,
            carer=who.carer,
            browser=Browser(id=0, **form.cleaned_data),
            services=(*SERVICES, *settings.PUSH_SERVICES),
            at=who.at,
        )
    except NotABrowser:
        messages.error(
            request, _("This browser can’t show notices. Email and texts go on as before.")
        )
    else:
        messages.success(request, _("This device gets a notice when there is a message."))
    return redirect("notices", school=who.school.slug)


@opened_to(a_carer)
@require_POST
def notices_end(request: HttpRequest) -> HttpResponse:
    """Tell none of this person's devices any more."""
    who = who_asks(request)
    assert who.carer is not None and who.school is not None  # the gate admits carers only
    unsubscribe(actor=who.actor, carer=who.carer, at=who.at)
    messages.success(request, _("None of your devices gets notices any more."))
    return redirect("notices", school=who.school.slug)


@opened_to(anybody)
@require_safe
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """The portal as an app on a telephone."""
    school = who_asks(request).school
    name = school.name if school else "Schoolgate"
    home = reverse("home", kwargs={"school": school.slug}) if school else "/"
    icons = [
        {
            "src": static(f"schoolgate/app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
        }
        for size in (192, 512)
    ]
    said = {
        "id": home,
        "name": name,
        "short_name": name[:30],
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "lang": "en-GB",
        "background_color": "#FFFFFF",
        "theme_color": "#075030",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")


@opened_to(anybody)
@require_safe
@cache_control(no_cache=True, public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages for reading without a connection, and shows notices."""
    school = who_asks(request).school
    offline = reverse("offline", kwargs={"school": school.slug}) if school else reverse("leave")
    files = [static(f"schoolgate/{name}") for name in ("schoolgate.css", "mark.svg", "app.js")]
    if school:
        files.append(reverse("colours", kwargs={"school": school.slug}))
    said = {
        "files": files,
        "offline": offline,
        "leave": reverse("leave"),
        "wiping": [reverse("leave"), reverse("account_logout"), reverse("account_login")],
        "title": school.name if school else "Schoolgate",
        "words": _("You have a message."),
        "icon": static("schoolgate/app-192.png"),
    }
    page = {"settings": json.dumps(said).replace("<", "\\u003c")}
    response = render(request, "desk/worker.js", page, content_type="text/javascript")
    # It has to see the way out too, which stands above the school's own pages.
    response["Service-Worker-Allowed"] = "/"
    return response


@opened_to(anybody)
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown without a connection in the place of a page that was never loaded."""
    return render(request, "desk/offline.html")
