"""One's own sign-in: devices, passkeys and second factor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.gates import opened_to, signed_in


@opened_to(signed_in)
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """The way to one's devices, passkeys and second factor."""
    return render(request, "accounts/my_account.html")
