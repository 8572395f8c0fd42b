"""Looking at a page as one of the stage's team would: the page's own view and template are run."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone

from schoolgate.accounts.second_factor import note_passed
from schoolgate.drill.stage import Stage
from schoolgate.people.access import Who
from schoolgate.people.models import TeamMember
from schoolgate.people.queries import roles_of
from schoolgate.school.tenancy import see

FOUND = 200


def page(
    stage: Stage, member: TeamMember, name: str, at: datetime, *, query: str = "", **where: object
) -> str:
    """What a page says to somebody at a moment (UTC); nothing where it is not there for them."""
    path = reverse(name, kwargs={"school": stage.school.slug, **where})
    with _seen_by(stage, member, at):
        request = _request(f"{path}?{query}" if query else path)
        request.who = Who(  # type: ignore[attr-defined]  # as WhoIsAsking sets it
            school=stage.school,
            user_id=member.user_id,
            member=member,
            roles=frozenset(roles_of(member, at)),
            at=at,
        )
        match = request.resolver_match = resolve(path)
        try:
            with timezone.override(stage.school.settings.timezone):
                answer = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return ""
    return unescape(answer.content.decode()) if answer.status_code == FOUND else ""


@contextmanager
def _seen_by(stage: Stage, member: TeamMember, at: datetime) -> Iterator[None]:
    """For a while the transaction is theirs, as a request's is."""
    see(school_id=stage.school.pk, user_id=member.user_id, at=at)
    try:
        yield
    finally:
        see(school_id=stage.school.pk)


def _request(address: str) -> HttpRequest:
    """A look at a page, in a session that has shown a second factor and is kept nowhere."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address.partition("?")[0]
    request.META = {
        "SERVER_NAME": "drill.invalid",
        "SERVER_PORT": "443",
        "QUERY_STRING": address.partition("?")[2],
    }
    request.GET = request.GET.__class__(request.META["QUERY_STRING"])
    request.user = AnonymousUser()
    request.session = SessionBase()
    note_passed(request)
    return request
