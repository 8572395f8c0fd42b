"""Which pages a family's device may keep for reading without a connection, and for which sign-in.

A page is kept under a name that only this sign-in has, and wiped when another one comes, when
somebody signs out, and by "leave this page" (threat T4). Nothing about a concern is ever kept.
"""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from schoolgate.people.access import Who

KEPT = {"home", "conversation", "urgent"}


class MayBeKept:
    """Says of a page that it may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 200 and request.method == "GET" and _may(request):
            response["X-Kept-For"] = _name(request.session.session_key or "")
        return response


def _may(request: HttpRequest) -> bool:
    """A carer's own page; never one of somebody who works here too."""
    who: Who | None = getattr(request, "who", None)
    match = request.resolver_match
    is_family = who is not None and who.carer is not None and who.member is None
    return is_family and match is not None and match.url_name in KEPT


def _name(session: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"kept {session}".encode(), "sha256").hex()[
        :32
    ]
