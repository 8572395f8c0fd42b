"""Who was not reached, for the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.desk.not_reached import not_reached_page


@opened_to(office)
@require_safe
def unreached(request: HttpRequest) -> HttpResponse:
    """Whom a message did not reach, by family, with what to do (3.0-P4, threats T4, T15)."""
    return render(request, "desk/not_reached.html", not_reached_page(who_asks(request)))
