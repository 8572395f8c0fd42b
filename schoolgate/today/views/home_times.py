"""When a child goes home on which weekday, as the office keeps it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.people.access import Who, home_times_for_office, pupils_for_office
from schoolgate.people.actions.home_times import end_home_time, keep_home_times
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Pupil
from schoolgate.today.calendars import local_day
from schoolgate.today.forms import OwnHomeTimes
from schoolgate.today.pages import home_times_page


@opened_to(office)
@require_http_methods(["GET", "POST"])
def home_times(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A child's week as it stands, and a way to say that some days are shorter or longer."""
    who = who_asks(request)
    pupil = _pupil(who, public_id)
    today = local_day(pupil.school, who.at)
    form = OwnHomeTimes(request.POST or None, initial={"begins_on": today})
    if request.method == "POST" and form.is_valid() and who.member:
        try:
            keep_home_times(
                actor=who.actor, member=who.member, pupil=pupil, times=form.told(), at=who.at
            )
        except PeopleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return _back(pupil)
    page = {**home_times_page(who, pupil, today), "form": form}
    return render(request, "today/home_times.html", page, status=422 if form.is_bound else 200)


@opened_to(office)
@require_POST
def home_time_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one of them off."""
    who = who_asks(request)
    own = get_object_or_404(home_times_for_office(who), public_id=public_id)
    if who.member:
        end_home_time(actor=who.actor, member=who.member, own=own, at=who.at)
        messages.success(request, _("Taken off."))
    return _back(own.pupil)


def _pupil(who: Who, public_id: UUID) -> Pupil:
    rows = pupils_for_office(who).select_related("school", "tutor_group")
    return get_object_or_404(rows, public_id=public_id)


def _back(pupil: Pupil) -> HttpResponse:
    return redirect("home_times", school=pupil.school.slug, public_id=pupil.public_id)
