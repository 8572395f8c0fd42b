"""The team's lists."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations.models import Conversation, Message
from schoolgate.desk import lists
from schoolgate.desk.inbox import listed, row_of
from schoolgate.desk.ten_minutes import ten_minutes_page
from schoolgate.desk.version import version_of
from schoolgate.people.access import Who

MOST_WORDS = 100


@opened_to(a_team_member)
@require_safe
def to_answer(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, in order of due time (Clause 2.2-T1)."""
    who, narrowing = who_asks(request), _narrowing(request)
    version = version_of(who)  # before the rows: what comes meanwhile is seen by the next asking
    rows = Paginator(lists.waiting_for_school(who, narrowing), lists.PAGE)
    shown = rows.get_page(request.GET.get("page"))
    zone = who.school.settings.timezone if who.school else "UTC"
    page = {
        "listed": listed(shown, who.at, zone),
        "shown": shown,
        "narrowing": narrowing,
        "doors": lists.doors(who, narrowing),
        "version": version,
    }
    return render(request, "desk/to_answer.html", page)


@opened_to(a_team_member)
@require_safe
def ten_minutes(request: HttpRequest) -> HttpResponse:
    """What can be finished in ten minutes."""
    return render(request, "desk/ten_minutes.html", ten_minutes_page(who_asks(request)))


@opened_to(a_team_member)
@require_safe
def promised(request: HttpRequest) -> HttpResponse:
    """Where a day was named."""
    return _plain_list(request, "promised", lambda who, how: lists.promised(who, how))


@opened_to(a_team_member)
@require_safe
def with_family(request: HttpRequest) -> HttpResponse:
    """What was answered and is still open."""
    return _plain_list(request, "with_family", lambda who, how: lists.with_the_family(who, how))


@opened_to(a_team_member)
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """Every conversation that one may see; with words asked for, those in which they stand."""
    who, asked = who_asks(request), request.GET.get("q", "").strip()[:MOST_WORDS]
    if asked:
        found = lists.search(who, asked)
        more = {"announced": lists.announced(who, asked)}
        return _show(request, who, "search", found, asked=asked, more=more)
    narrowing = _narrowing(request)
    filters = {"narrowing": narrowing, "doors": lists.doors(who, lists.Narrowing(whose="school"))}
    rows = lists.every(who, narrowing.kind)[: lists.PAGE]
    return _show(request, who, "all", rows, more=filters)


def _plain_list(
    request: HttpRequest,
    name: str,
    rows: Callable[[Who, lists.Narrowing], QuerySet[Conversation]],
) -> HttpResponse:
    who = who_asks(request)
    return _show(request, who, name, rows(who, _narrowing(request))[: lists.PAGE])


def _show(
    request: HttpRequest,
    who: Who,
    name: str,
    found: Iterable[Conversation],
    asked: str = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    zone = who.school.settings.timezone if who.school else "UTC"
    rows = [row_of(conversation, who.at, zone) for conversation in found]
    page = {"name": name, "rows": rows, "asked": asked, "most": lists.PAGE}
    page |= more or {}
    return render(request, "desk/list.html", page)


def _narrowing(request: HttpRequest) -> lists.Narrowing:
    channel, kind = request.GET.get("channel", ""), request.GET.get("kind", "")
    return lists.Narrowing(
        whose="school" if request.GET.get("whose") == "school" else "mine",
        channel=channel if channel in Message.Channel.values else "",
        kind=kind if kind in Conversation.Kind.values else "",
    )
