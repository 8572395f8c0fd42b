"""Limits on what a carer may receive: beginning one, and deciding that it ends (decision 4)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import decides_on_limits, office, opened_to
from schoolgate.design.dates import DayField, DayInput
from schoolgate.desk.endings import Act, ask_then_end, ended_today
from schoolgate.people.access import limits_in_force, links_for_team, protected_for_deciders
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.actions.taking_off import What
from schoolgate.people.models import Ending, Limit, Receives

AT_MOST = (
    (Receives.NOTHING.value, _("Nothing")),
    (Receives.GENERAL.value, _("General news only")),
)


class NewLimit(forms.Form):
    """What an order or other limit says, until when."""

    at_most = forms.TypedChoiceField(
        label=_("May receive at most"),
        choices=AT_MOST,
        coerce=int,
        widget=forms.Select(attrs={"class": "field"}),
    )
    says = forms.CharField(
        label=_("What it says, in a few words"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    ends_on = DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("Nothing widens on that day by itself; you are asked before."),
        widget=DayInput(attrs={"class": "field narrow", "type": "date"}),
    )


@opened_to(decides_on_limits)
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit in force, soonest end first; each is lifted by a decision with reasons."""
    who = who_asks(request)
    page = {
        "limits": limits_in_force(who),
        "protected": protected_for_deciders(who),
        "endings": ended_today(who, Ending.Kind.LIMIT, Ending.Kind.PROTECTION),
    }
    return render(request, "desk/limits.html", page)


@opened_to(decides_on_limits)
@require_http_methods(["GET", "POST"])
def lifting(request: HttpRequest, number: int) -> HttpResponse:
    """Decide that a limit ends, with reasons; a page says by name what changes."""
    who = who_asks(request)
    limit = get_object_or_404(limits_in_force(who), pk=number)
    link = limit.link
    names = {"carer": link.carer, "child": link.pupil, "says": limit.says}
    act = Act(
        what=What(Ending.Kind.LIMIT, limit.pk, carer=link.carer, pupil=link.pupil),
        title=gettext("End the limit on what {carer} receives about {child}?").format(**names),
        changes=[
            gettext("“{says}” limits {carer} no more.").format(**names),
            gettext(
                "{carer} receives about {child} what their link allows, "
                "unless another limit lies on them."
            ).format(**names),
        ],
        button=gettext("Decide that it ends"),
        said=gettext("Decided and written down. It holds from now."),
        back=reverse("limits", kwargs={"school": limit.school.slug}),
    )
    return ask_then_end(request, who, act)


@opened_to(office)
@require_http_methods(["GET", "POST"])
def new_limit(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a limit on one carer and one child, from now."""
    who = who_asks(request)
    link = get_object_or_404(links_for_team(who), pk=number)
    form = NewLimit(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit = begin_limit(
            actor=who.actor,
            link=link,
            at_most=Receives(form.cleaned_data["at_most"]),
            says=form.cleaned_data["says"],
            ends_on=form.cleaned_data["ends_on"],
            at=who.at,
        )
        messages.success(request, _("It holds from this moment, for what waits in the post too."))
        if others := Limit.objects.filter(carried_from=limit).select_related("link__carer"):
            names = ", ".join(str(one.link.carer) for one in others)
            words = _("The same child has an adult of the same name, on whom it lies too: {names}.")
            messages.warning(request, words.format(names=names))
        return redirect("person", school=link.school.slug, public_id=link.carer.public_id)
    page = {"form": form, "link": link}
    return render(request, "desk/new_limit.html", page, status=422 if form.is_bound else 200)
