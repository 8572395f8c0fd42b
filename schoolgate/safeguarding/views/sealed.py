"""The sealed pages: for those whom the database lets read."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to, reader_of_concerns
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.reading import add_record, note_reading
from schoolgate.safeguarding.forms import More
from schoolgate.safeguarding.models import Reading
from schoolgate.safeguarding.readers import told


@opened_to(reader_of_concerns)
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """Every concern that one may read, latest first; with initials only (decision 15)."""
    who = who_asks(request)
    found = list(access.sealed(who)[:100])
    read = {
        reading.concern_id: reading
        for reading in Reading.objects.filter(concern__in=found)
        .select_related("member")
        .order_by("-at")
    }
    rows = [{"concern": concern, "reading": read.get(concern.pk)} for concern in found]
    return render(request, "safeguarding/sealed.html", {"rows": rows})


@opened_to(reader_of_concerns)
@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One concern: the author's own words, who has read it, what was recorded."""
    who = who_asks(request)
    found = access.sealed_one(who, public_id)
    assert who.member is not None and who.user_id is not None  # sealed_one gives readers theirs
    form = More(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["words"].strip():
        add_record(
            concern=found,
            member=who.member,
            user_id=who.user_id,
            words=form.cleaned_data["words"],
            at=who.at,
        )
        return redirect("sealed_concern", school=found.school.slug, public_id=found.public_id)
    note_reading(concern=found, member=who.member, roles=who.roles, at=who.at)
    page = {
        "concern": found,
        "form": form,
        "readings": found.readings.select_related("member"),
        "additions": found.additions.all(),
        "told": told(
            school=found.school,
            about=found.about_member,
            about_adult=found.about_adult,
            at=found.raised_at,
        ),
    }
    return render(request, "safeguarding/concern.html", page)
