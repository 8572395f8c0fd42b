"""One page on which a family says how it wishes to hear from the school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.delivery.reach import Kind, routes_of
from schoolgate.desk.preferences_form import Preferences, before
from schoolgate.people.actions.preferring import prefer
from schoolgate.people.models import Preference


@opened_to(a_carer)
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Read and change it; what is urgent goes past all of it (Clauses 2.1-M0, 3.0-P4)."""
    who = who_asks(request)
    assert who.carer is not None and who.school is not None  # the gate admits carers only
    routes = routes_of(school_id=who.school.pk, carers=[who.carer.pk], kind=Kind.SERVICE)
    said = Preference.objects.filter(carer=who.carer).first()
    form = Preferences(
        request.POST if request.method == "POST" else None,
        initial=before(said),
        working=sorted(routes[who.carer.pk].working),
    )
    if request.method == "POST" and form.is_valid():
        prefer(actor=who.actor, carer=who.carer, wishes=form.wishes(), at=who.at)
        messages.success(request, _("Kept. It holds from now on."))
        return redirect("preferences", school=who.school.slug)
    page = {"form": form, "failing": sorted(routes[who.carer.pk].failing)}
    return render(request, "desk/preferences.html", page, status=422 if form.is_bound else 200)
