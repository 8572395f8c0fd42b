"""The office's lists: what iSAMS still owes, and who was not reached."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.delivery.actions.handing_off import record_hand_off
from schoolgate.delivery.queries import not_reached, owed_by_isams


class HandOff(forms.Form):
    """Which reply was sent, and what iSAMS calls the sending."""

    parcel = forms.UUIDField(widget=forms.HiddenInput)

    reference = forms.CharField(
        label=_("Reference in iSAMS"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "field narrow"}),
    )


@opened_to(office)
@require_http_methods(["GET", "POST"])
def hand_offs(request: HttpRequest) -> HttpResponse:
    """Replies to send by iSAMS, oldest first; each marked sent with its reference (2.1-M2a)."""
    who = who_asks(request)
    owed = owed_by_isams(who.school.pk if who.school else 0)
    form = HandOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parcel = get_object_or_404(owed, public_id=form.cleaned_data["parcel"])
        record_hand_off(
            actor=who.actor, parcel=parcel, reference=form.cleaned_data["reference"], at=who.at
        )
        messages.success(request, _("Recorded. The family’s promise is kept with it."))
        return redirect("hand_offs", school=who.school.slug if who.school else "")
    page = {"owed": owed[:100], "form": form}
    return render(request, "desk/hand_offs.html", page, status=422 if form.is_bound else 200)


@opened_to(office)
@require_safe
def unreached(request: HttpRequest) -> HttpResponse:
    """Families whom an email did not reach (threat T15)."""
    who = who_asks(request)
    parcels = not_reached(who.school.pk if who.school else 0)
    return render(request, "desk/not_reached.html", {"parcels": parcels[:100]})
