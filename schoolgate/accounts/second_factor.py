"""The team's second factor: mandatory, and never only a personal phone (decision 18)."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from schoolgate.accounts.models import User

PASSED = "second_factor_passed"
# A key, a passkey, a code device or a recovery code; or the school's own sign-on.
COUNTS = frozenset({"mfa", "socialaccount"})


def may_act_as_team(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor; the demo's entry page counts as one."""
    if request.session.get(PASSED):
        return True
    user = request.user if request.user.is_authenticated else None
    return any(record["method"] in COUNTS for record in get_authentication_records(request, user))


def note_passed(request: HttpRequest) -> None:
    """Remember that this session has shown a second factor."""
    request.session[PASSED] = True


def note_set_up(request: HttpRequest, user: User, kind: str) -> None:
    """Record that a factor was shown while it was set up, so that it is not asked for again."""
    record_authentication(request, user, method="mfa", type=kind, reauthenticated=True)


def way_to_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page where one is set up, or shown again; and then back to where they were going."""
    has_one = isinstance(request.user, User) and is_mfa_enabled(request.user)
    page = reverse("mfa_reauthenticate" if has_one else "mfa_index")
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return redirect(f"{page}?{back}")
