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
from schoolgate.people.queries import has_access, without_safe_route


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
    owed_school = who.school.pk if who.school else 0
    owed = owed_by_isams(owed_school)
    form = HandOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parcel = get_object_or_404(owed, public_id=form.cleaned_data["parcel"])
        record_hand_off(
            actor=who.actor, parcel=parcel, reference=form.cleaned_data["reference"], at=who.at
        )
        messages.success(request, _("Recorded. The family’s promise is kept with it."))
        return redirect("hand_offs", school=who.school.slug if who.school else "")
    unsafe = set(without_safe_route(owed_school).values_list("carer", flat=True))
    page = {"owed": owed[:100], "form": form, "unsafe": unsafe}
    return render(request, "desk/hand_offs.html", page, status=422 if form.is_bound else 200)


@opened_to(office)
@require_safe
def unreached(request: HttpRequest) -> HttpResponse:
    """Families whom an email did not reach, and those with no safe route (threats T4, T15)."""
    who = who_asks(request)
    school_id = who.school.pk if who.school else 0
    tasks = [(task, has_access(task.held_by, who.at)) for task in without_safe_route(school_id)]
    page = {"parcels": not_reached(school_id)[:100], "tasks": tasks}
    return render(request, "desk/not_reached.html", page)
