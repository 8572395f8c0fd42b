"""The page behind the link that went to a known route: GET changes nothing."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import anybody, opened_to
from schoolgate.today.actions.collecting import confirm_by_link, deny_by_link, read_link
from schoolgate.today.checking import knows_a_child
from schoolgate.today.errors import TodayError
from schoolgate.today.states import Collecting

VERBS = {"yes": confirm_by_link, "no": deny_by_link}


# The token itself says who presses; a page of another site can't know one.
@csrf_exempt
@opened_to(anybody)
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: HttpRequest, token: str) -> HttpResponse:
    """ "Did you ask for this?" Yes, or no; no signing in, no scripts (decision 1).

    Only who knows the child's first name answers: a machine that opens links and presses buttons
    confirms nothing and refuses nothing, and whoever has the link alone reads no name (D25).
    """
    who = who_asks(request)
    if who.school is None:
        raise Http404
    try:
        found, _route = read_link(token, who.at)
    except TodayError:
        raise Http404 from None
    gone = wrong = False
    says, waits = request.POST.get("says", ""), found.state == Collecting.WAITING
    if says in VERBS and waits and not knows_a_child(found.carer, request.POST.get("child", "")):
        wrong = True
    elif says in VERBS and waits:
        try:
            with transaction.atomic():
                found = VERBS[says](token=token, at=who.at)
        except TodayError:
            gone = True
    page = {
        "collection": found,
        "waits": found.state == Collecting.WAITING and not gone,
        "wrong": wrong,
        "confirmed": found.state == Collecting.CONFIRMED,
        "settings": who.school.settings,
    }
    return render(request, "today/confirming.html", page)
