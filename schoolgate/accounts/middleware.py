"""One request, one transaction, one school; and who is asking in it."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from schoolgate.accounts.queries import who_is
from schoolgate.accounts.reaching import user_here
from schoolgate.accounts.sessions import keep_session
from schoolgate.people.access import Who
from schoolgate.school.clock import now
from schoolgate.school.models import School
from schoolgate.school.tenancy import see

GetResponse = Callable[[HttpRequest], HttpResponse]
LEAVING = ("/account/logout/",)
OUTSIDE_THE_TRANSACTION = (settings.STATIC_URL, "/alive/")


class OneTransaction:
    """Runs the request in one transaction; an error page takes all of it back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OUTSIDE_THE_TRANSACTION):
            return self.get_response(request)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404  # PostgreSQL keeps no null byte, so nothing can be there
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class WhoIsAsking:
    """Finds the school by the first word of the address, and the person's place in it.

    Sets `request.who`. From here on the transaction sees that school alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OUTSIDE_THE_TRANSACTION):
            return self.get_response(request)
        at = now()
        school = School.objects.filter(slug=request.path.split("/", 2)[1]).first()
        user_id = user_here(request, school, at)
        see(school_id=school.pk if school else None, user_id=user_id, at=at)
        request.who = (  # type: ignore[attr-defined]  # ours: every view reads it
            who_is(school=school, user_id=user_id, at=at)
            if school and user_id
            else Who(school=school, user_id=user_id, at=at)
        )
        if school is None:
            return _kept_by_nobody(request, self.get_response(request))
        keep_session(request, request.who)  # type: ignore[attr-defined]  # set just above
        with timezone.override(school.settings.timezone):
            return _kept_by_nobody(request, self.get_response(request))


def _kept_by_nobody(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whatever somebody sees while signed in, page, form or file, is in no cache afterwards.

    What is the same for everybody says so itself (a colour, the worker's script). A page that asks
    for a sign-in is kept no more than what it guards. After signing out the browser is told to let
    go of what it has.
    """
    if "public" not in response.get("Cache-Control", ""):
        response["Cache-Control"] = "private, no-store"
    if request.method == "POST" and request.path in LEAVING:
        response["Clear-Site-Data"] = '"cache"'
    return response
