"""One's own sign-in: cards, devices, passkeys and second factor."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.actions.cards import use_card
from schoolgate.accounts.actions.devices import end_device
from schoolgate.accounts.actions.resetting import stop_change
from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.errors import CardNotGood
from schoolgate.accounts.forms import Card
from schoolgate.accounts.gates import anybody, opened_to, signed_in
from schoolgate.accounts.queries import changes_asked_for
from schoolgate.school.tenancy import see


@opened_to(signed_in)
@never_cache
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """The way to one's devices, passkeys and second factor."""
    asked = changes_asked_for(user_id=who_asks(request).user_id or 0)
    return render(request, "accounts/my_account.html", {"asked": asked})


@opened_to(signed_in)
@require_POST
def stopping(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a card or reset that somebody else has asked for in one's name (decision 23)."""
    who = who_asks(request)
    asked = [one for one in changes_asked_for(user_id=who.user_id or 0) if one.pk == number]
    if not asked:
        raise Http404
    see(school_id=asked[0].school_id, user_id=who.user_id)
    stop_change(user_id=who.user_id or 0, change=asked[0], at=who.at)
    messages.success(request, _("Stopped. Please ring the school now."))
    return redirect("my_account")


@opened_to(anybody)
@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Sign in with a printed card; tries are limited."""
    form = Card(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not consume(request, action="card"):
            form.add_error("code", _("There were many tries from here. Please wait a minute."))
        else:
            try:
                user = use_card(code=form.cleaned_data["code"], at=who_asks(request).at)
            except CardNotGood as refusal:
                form.add_error("code", _(str(refusal)))
            else:
                record_authentication(request, user, method="card")
                login = Login(user=user, redirect_url=reverse("passkey_offer"))
                response: HttpResponse = perform_login(request, login)
                return response
    return render(request, "accounts/card.html", {"form": form}, status=422 if form.errors else 200)


@opened_to(signed_in)
@require_safe
def passkey_offer(request: HttpRequest) -> HttpResponse:
    """After a card: the offer of a passkey, so that no further card is needed."""
    return render(request, "accounts/passkey_offer.html")


@opened_to(signed_in)
@require_POST
def device(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out on one of one's other devices."""
    end_device(user_id=who_asks(request).user_id or 0, number=number)
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@opened_to(anybody)
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Doors of allauth's that are not ours: passwords, signing up, changing an address oneself."""
    raise Http404
