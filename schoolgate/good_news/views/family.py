"""The family's side: everything good that they heard, to read again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, opened_to
from schoolgate.good_news.pages import family_page


@opened_to(a_carer)
@require_safe
def heard(request: HttpRequest) -> HttpResponse:
    """All the good news of their children, latest first (Clause 1.0-S2)."""
    return render(request, "good_news/heard.html", family_page(who_asks(request)))
