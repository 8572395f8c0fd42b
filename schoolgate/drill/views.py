"""The head's page of drills, and one drill's report to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import head, opened_to
from schoolgate.drill.forms import MomentForm
from schoolgate.drill.playing import DAYS, play


@opened_to(head)
@require_safe
def drills(request: HttpRequest) -> HttpResponse:
    """The days that can be played."""
    return render(request, "drill/drills.html", {"days": DAYS, "form": MomentForm()})


@opened_to(head)
@require_safe
def drill(request: HttpRequest, name: str) -> HttpResponse:
    """Play one day and show what was found; nothing of it stays, so a look is all that it is."""
    who = who_asks(request)
    if name not in DAYS or who.school is None:
        raise Http404
    form = MomentForm(request.GET)
    asked = form.cleaned_data["at"] if form.is_valid() else None
    at = asked or DAYS[name].usual(who.school, who.at)
    report = play(name=name, school=who.school, at=at)
    return render(request, "drill/drill.html", {"report": report, "day": DAYS[name], "form": form})
