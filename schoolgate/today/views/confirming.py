"""The page behind the link that went to a known route: GET changes nothing."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import anybody, opened_to
from schoolgate.today.actions.collecting import confirm_by_link, deny_by_link, read_link
from schoolgate.today.errors import TodayError
from schoolgate.today.states import Collecting


# The token itself says who presses; a page of another site can't know one.
@csrf_exempt
@opened_to(anybody)
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: HttpRequest, token: str) -> HttpResponse:
    """ "Did you ask for this?" Yes, or no; no signing in, no scripts (decision 1)."""
    who = who_asks(request)
    if who.school is None:
        raise Http404
    try:
        found, _route = read_link(token, who.at)
    except TodayError:
        raise Http404 from None
    gone = False
    if request.method == "POST" and found.state == Collecting.WAITING:
        verb = deny_by_link if request.POST.get("says") == "no" else confirm_by_link
        try:
            with transaction.atomic():
                found = verb(token=token, at=who.at)
        except TodayError:
            gone = True
    page = {
        "collection": found,
        "waits": found.state == Collecting.WAITING and not gone,
        "confirmed": found.state == Collecting.CONFIRMED,
        "settings": who.school.settings,
    }
    return render(request, "today/confirming.html", page)
