"""Who was not reached, for the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.delivery.queries import not_reached
from schoolgate.people.queries import has_access, without_safe_route


@opened_to(office)
@require_safe
def unreached(request: HttpRequest) -> HttpResponse:
    """Families whom an email did not reach, and those with no safe route (threats T4, T15)."""
    who = who_asks(request)
    school_id = who.school.pk if who.school else 0
    tasks = [(task, has_access(task.held_by, who.at)) for task in without_safe_route(school_id)]
    page = {"parcels": not_reached(school_id)[:100], "tasks": tasks}
    return render(request, "desk/not_reached.html", page)
