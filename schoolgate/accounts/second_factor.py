"""The team's second factor: mandatory, and never only a personal phone (decision 18)."""

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from schoolgate.accounts.models import User

PASSED = "second_factor_passed"


def may_act_as_team(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor; the demo's entry page counts as one."""
    return bool(request.session.get(PASSED))


def note_passed(request: HttpRequest) -> None:
    """Remember that this session has shown a second factor."""
    request.session[PASSED] = True


def way_to_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page where one is set up, or shown again."""
    has_one = isinstance(request.user, User) and is_mfa_enabled(request.user)
    return redirect("mfa_reauthenticate" if has_one else "mfa_index")
