"""What was written and could not be taken comes back to whoever wrote it."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "once", "given", "back"})


def typed(posted: QueryDict) -> list[tuple[str, str]]:
    """What a person has typed into a form, field by field: whatever reads like words."""
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in NOT_TYPED and (" " in value.strip() or "\n" in value.strip())
    ]


@requires_csrf_token
def token_lost(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The words of a form whose token was lost, with a fresh one where the form was ours.

    What another site made a browser send is shown, and can't be sent on from here.
    """
    words = typed(request.POST)
    shown = {name for name, _ in words} | {"csrfmiddlewaretoken"}
    page = {
        "again": _is_ours(request) and bool(request.POST),
        "words": words,
        "hidden": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in shown
        ],
        "files": bool(request.FILES),
    }
    return render(request, "403_csrf.html", page, status=403)


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of our own sent it, by what the browser itself says."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
