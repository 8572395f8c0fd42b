"""The family's home and the page for what can't wait."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer, a_carer_or_team_member, opened_to
from schoolgate.desk.all_messages import PAGE, all_messages
from schoolgate.desk.home import home_page
from schoolgate.school.calendars import office_calendar
from schoolgate.today.queries import needs_interpreter

MOST_DIGITS = 7


@opened_to(a_carer_or_team_member)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All children on one page: what the school is doing, who has it, and by when."""
    who = who_asks(request)
    if who.carer is None:
        return redirect("to_answer", school=who.school.slug if who.school else "")
    return render(request, "desk/home.html", home_page(who))


@opened_to(a_carer)
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """All that they and the school wrote to each other, finished matters too."""
    who, asked = who_asks(request), request.GET.get("from", "")
    start = int(asked) if asked.isdecimal() and len(asked) < MOST_DIGITS else 0
    matters, more = all_messages(who, start)
    page = {"matters": matters, "more": more, "next": start + PAGE}
    return render(request, "desk/all_messages.html", page)


@opened_to(a_carer)
@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """What can't wait: ring; and the truth about when somebody is there (Clause 2.1-M1)."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits carers of a school only
    calendar = office_calendar(who.school)
    open_now = calendar.is_open(who.at)
    page = {
        "settings": who.school.settings,
        "open_now": open_now,
        "interpreter": who.carer is not None and needs_interpreter(who.carer),
        "turns": calendar.next_closing(who.at) if open_now else calendar.next_opening(who.at),
    }
    return render(request, "desk/urgent.html", page)
