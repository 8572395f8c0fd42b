"""Who may not come onto the site: the office reads it, the head decides."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import head, office, opened_to
from schoolgate.design.dates import DayField, DayInput
from schoolgate.desk.endings import Act, ask_then_end, ended_today
from schoolgate.people.access import site_bars_for
from schoolgate.people.actions.bars import bar_from_site
from schoolgate.people.actions.taking_off import What
from schoolgate.people.models import Ending


class NewBar(forms.Form):
    """Whom, and when it is looked at again."""

    name = forms.CharField(
        label=_("Who may not come onto the site"),
        max_length=120,
        help_text=_("First and last name. They are written to and answered as ever."),
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    review_on = DayField(
        label=_("Look at it again on"),
        required=False,
        help_text=_("Nothing ends on that day by itself."),
        widget=DayInput(attrs={"class": "field narrow", "type": "date"}),
    )


@opened_to(office)
@require_safe
def site_bars(request: HttpRequest) -> HttpResponse:
    """Who may not come onto the site now."""
    who = who_asks(request)
    page = {
        "bars": site_bars_for(who),
        "form": NewBar(),
        "decides": head(who),
        "endings": ended_today(who, Ending.Kind.BAR),
    }
    return render(request, "desk/site_bars.html", page)


@opened_to(head)
@require_POST
def barring(request: HttpRequest) -> HttpResponse:
    """The head says that somebody may not come onto the site, from now."""
    who, form = who_asks(request), NewBar(request.POST)
    if not form.is_valid() or who.member is None:
        page = {"bars": site_bars_for(who), "form": form, "decides": True}
        return render(request, "desk/site_bars.html", page, status=422)
    bar_from_site(actor=who.actor, member=who.member, at=who.at, **form.cleaned_data)
    messages.success(request, _("It holds from now, for whoever is to collect a child too."))
    return redirect("site_bars", school=who.school.slug if who.school else "")


@opened_to(head)
@require_http_methods(["GET", "POST"])
def bar_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The head lets them come again, with a reason; a page says by name what changes."""
    who = who_asks(request)
    bar = get_object_or_404(site_bars_for(who), public_id=public_id)
    names = {"name": bar.name}
    act = Act(
        what=What(Ending.Kind.BAR, bar.pk, carer=bar.carer),
        title=gettext("May {name} come onto the site again?").format(**names),
        changes=[gettext("Nobody at the door is told to stop {name} any more.").format(**names)],
        button=gettext("Decide that it ends"),
        said=gettext("Decided and written down. It holds from now."),
        back=reverse("site_bars", kwargs={"school": who.school.slug if who.school else ""}),
    )
    return ask_then_end(request, who, act)
