"""The access rule of every route, by name; what you may not see is a page that is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from schoolgate.accounts.guarding import DECIDE_ON_OTHERS
from schoolgate.accounts.reaching import offered
from schoolgate.accounts.second_factor import may_act_as_team, way_to_second_factor
from schoolgate.accounts.views_lost import typed
from schoolgate.people.access import TAKE_TEXTS, Who
from schoolgate.people.models import RoleHolding

Role = RoleHolding.Role
Rule = Callable[[Who], bool]
View = Callable[..., HttpResponseBase]


def a_carer(who: Who) -> bool:
    """A parent or carer of this school."""
    return who.carer is not None


def a_team_member(who: Who) -> bool:
    """Somebody who works here and has access now."""
    return who.member is not None


def a_carer_or_team_member(who: Who) -> bool:
    """Anybody with a place in this school."""
    return a_carer(who) or a_team_member(who)


def office(who: Who) -> bool:
    """The office, or a leader in its place."""
    return who.holds(Role.OFFICE, Role.HEAD, Role.ASSISTANT_HEAD)


def central_sender(who: Who) -> bool:
    """Who alone sends texts and letters (Clause 2.1-M3)."""
    return who.holds(Role.CENTRAL_SENDER)


def leader(who: Who) -> bool:
    """The head or an assistant head: who sees every conversation of the school."""
    return who.holds(Role.HEAD, Role.ASSISTANT_HEAD)


def head(who: Who) -> bool:
    """The head or equivalent."""
    return who.holds(Role.HEAD)


def reader_of_concerns(who: Who) -> bool:
    """Who may hold a concern by role; which ones they see the database judges."""
    return who.holds(Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.GROUP_LEAD)


def safeguarding_lead(who: Who) -> bool:
    """The designated safeguarding lead or a deputy, and nobody above them."""
    return who.holds(Role.DSL, Role.DEPUTY_DSL)


def takes_texts(who: Who) -> bool:
    """A leader, the DSL or a deputy: the same people whatever a text was taken for (decision 8)."""
    return who.holds(*TAKE_TEXTS)


def decides_on_limits(who: Who) -> bool:
    """The head or the DSL, who alone lift an order's limit (decision 4)."""
    return who.holds(Role.HEAD, Role.DSL)


def group_lead(who: Who) -> bool:
    """The group's lead, who sees numbers and not names."""
    return who.holds(Role.GROUP_LEAD)


def decides_on_sign_in(who: Who) -> bool:
    """The office, leaders, the safeguarding lead and the group's lead (decision 23)."""
    return who.holds(*DECIDE_ON_OTHERS)


def signed_in(who: Who) -> bool:
    """Anybody who has signed in."""
    return who.user_id is not None


def anybody(who: Who) -> bool:
    """Everybody: nothing here is about a person."""
    return True


def a_signed_hook(who: Who) -> bool:
    """A provider's machine: nobody signs in, the view judges the signature before all else."""
    return True


def opened_to(rule: Rule) -> Callable[[View], View]:
    """Open a view to those whom the rule admits; the school's slug is taken off the arguments."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            kwargs.pop("school", None)
            refusal = _refusal(request, rule)
            return refusal or _taken(request, view(request, *args, **kwargs))

        guarded.access_rule = rule  # type: ignore[attr-defined]  # house_rules reads it
        return guarded

    return guard


def _taken(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Tell the page's script that what was sent has been taken, so that its tab lets go of it."""
    if request.method == "POST" and response.status_code in {302, 303}:
        response.set_cookie(
            "taken",
            quote(request.path, safe=""),
            max_age=60,
            samesite="Lax",
            secure=settings.BEHIND_HTTPS,
        )
    return response


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; what somebody has just written is given back to them first."""
    words = _typed(request)
    if not words.strip():
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    page = {"words": words, "next": _page_before(request)}
    return render(request, "accounts/signed_out.html", page, status=401)


def _page_before(request: HttpRequest) -> str:
    """The page of ours that a form stood on, to which somebody comes back signed in."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() else "/"


def _waits_here(request: HttpRequest, who: Who) -> bool:
    """Whether somebody has a place here that they have not agreed to yet; then no school is set."""
    school = who.school.pk if who.school else None
    return any(one.school_id == school for one in offered(request, who.at))


def _refusal(request: HttpRequest, rule: Rule) -> HttpResponse | None:
    who: Who = request.who  # type: ignore[attr-defined]  # set by WhoIsAsking
    if rule in {anybody, a_signed_hook}:
        return None
    if who.user_id is None:
        return _to_sign_in(request)
    if not rule(who):
        if who.school and not (who.carer or who.member) and _waits_here(request, who):
            return redirect("places")
        raise Http404
    if who.member is not None and not may_act_as_team(request):
        return way_to_second_factor(request)
    if _writes_too_fast(request, who):
        words = _typed(request)
        return render(request, "accounts/too_fast.html", {"words": words}, status=429)
    return None


def _writes_too_fast(request: HttpRequest, who: Who) -> bool:
    """Whether more came from one family's sign-in than anybody writes by hand."""
    if request.method != "POST" or who.member is not None:
        return False
    return not consume(request, action="writing", user=request.user)


def _typed(request: HttpRequest) -> str:
    """What somebody has just written, so that a page that keeps it not gives it back."""
    return "\n\n".join(value for _, value in typed(request.POST)) or str(
        request.POST.get("body") or request.POST.get("words") or ""
    )
