"""A place at another school: agreed to while signed in, by its address or by its card."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.actions.agreeing import agree, agree_by_card
from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.errors import AccountsError
from schoolgate.accounts.forms import Card
from schoolgate.accounts.gates import opened_to, signed_in
from schoolgate.accounts.models import User
from schoolgate.accounts.reaching import offered, proven_addresses


@opened_to(signed_in)
@never_cache
@require_http_methods(["GET", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """What waits for one's word, and a card of another school."""
    at, form = who_asks(request).at, Card(request.POST if "code" in request.POST else None)
    waiting = offered(request, at)
    agreed = [one for one in waiting if request.POST.get("user") == str(one.pk)]
    try:
        if agreed:
            user = _signed_in(request)
            proven = proven_addresses(request, user)
            agree(user=user, other=agreed[0], proven=proven, at=at)
            return _done(request)
        if form.is_bound and form.is_valid() and _may_try(request, form):
            agree_by_card(user=_signed_in(request), code=form.cleaned_data["code"], at=at)
            return _done(request)
    except AccountsError as refusal:
        form.add_error("code", _(str(refusal)))
    page = {"form": form, "waiting": waiting}
    return render(request, "accounts/places.html", page, status=422 if form.errors else 200)


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the gate admits nobody else
    return request.user


def _may_try(request: HttpRequest, form: Card) -> bool:
    if consume(request, action="card"):
        return True
    form.add_error("code", _("There were many tries from here. Please wait a minute."))
    return False


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Both are yours now: choose a school."))
    return redirect("start")
