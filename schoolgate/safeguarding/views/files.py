"""What is held about one child: read, printed, sent on when the child leaves, handed over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to, reader_of_concerns
from schoolgate.people.access import Who
from schoolgate.people.models import Pupil
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.handing_over import as_file, as_table
from schoolgate.safeguarding.actions.reading import log_view
from schoolgate.safeguarding.actions.transferring import (
    make_file,
    note_receipt,
    print_chronology,
    working_days_after,
)
from schoolgate.safeguarding.chronology import entries
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.forms import Away, Phrase, Receipt
from schoolgate.safeguarding.models import FileStep, View
from schoolgate.safeguarding.paper import new_phrase
from schoolgate.safeguarding.rules import safeguarding_team
from schoolgate.safeguarding.standing import record_of, records

DUE = 5


@opened_to(reader_of_concerns)
@require_safe
def chronology(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything about one child, oldest first; the opening is logged (KCSIE)."""
    who = who_asks(request)
    pupil = access.child(who, public_id)
    found = records(list(access.of_child(who, pupil)))
    log_view(who=who, what=View.What.CHRONOLOGY, pupil=pupil, at=who.at)
    page = {"pupil": pupil, "entries": entries(found), "is_team": safeguarding_team(who)}
    return render(request, "safeguarding/chronology.html", page)


@opened_to(reader_of_concerns)
@require_safe
def printed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same on paper."""
    who = who_asks(request)
    made = print_chronology(who=who, pupil=access.child(who, public_id), at=who.at)
    return _download(made, "application/pdf", "chronology.pdf")


@opened_to(safeguarding_team)
@require_http_methods(["GET", "POST"])
def child_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file of a child who leaves: the phrase is shown once, the file opens by it alone."""
    who = who_asks(request)
    pupil = access.child(who, public_id)
    form = Away(request.POST or None, initial={"phrase": new_phrase()})
    if request.method == "POST" and form.is_valid():
        made = make_file(
            who=who,
            pupil=pupil,
            to_school=form.cleaned_data["to_school"],
            phrase=form.cleaned_data["phrase"],
            at=who.at,
        )
        return _download(made, "application/pdf", "file.pdf")
    return render(request, "safeguarding/child_file.html", _file_page(who, pupil, form, Receipt()))


@opened_to(safeguarding_team)
@require_POST
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The next school has it."""
    who = who_asks(request)
    pupil = access.child(who, public_id)
    form = Receipt(request.POST)
    if form.is_valid():
        note_receipt(who=who, pupil=pupil, at=who.at, **form.cleaned_data)
        return redirect("child_file", school=pupil.school.slug, public_id=public_id)
    away = Away(initial={"phrase": new_phrase()})
    page = _file_page(who, pupil, away, form)
    return render(request, "safeguarding/child_file.html", page, status=422)


@opened_to(reader_of_concerns)
@require_http_methods(["GET", "POST"])
def handing_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One concern as a file for CPOMS or MyConcern, where the school keeps its file there."""
    who = who_asks(request)
    record = record_of(access.sealed_one(who, public_id))
    form = Phrase(request.POST or None, initial={"phrase": new_phrase()})
    refused = ""
    if request.method == "POST" and ("table" in request.POST or form.is_valid()):
        try:
            if "table" in request.POST:
                made = as_table(who=who, record=record, at=who.at)
                return _download(made.encode(), "text/csv; charset=utf-8", "concern.csv")
            phrase = form.cleaned_data["phrase"]
            made_pdf = as_file(who=who, record=record, phrase=phrase, at=who.at)
            return _download(made_pdf, "application/pdf", "concern.pdf")
        except SafeguardingError as refusal:
            refused = str(refusal)
    page = {"concern": record.concern, "form": form, "refused": refused}
    status = 422 if form.is_bound else 200
    return render(request, "safeguarding/handing_over.html", page, status=status)


def _file_page(who: Who, pupil: Pupil, form: Away, receipt_form: Receipt) -> dict[str, object]:
    return {
        "pupil": pupil,
        "form": form,
        "receipt": receipt_form,
        "steps": access.file_steps(who).filter(pupil=pupil),
        "has_receipt": access.file_steps(who)
        .filter(pupil=pupil, kind=FileStep.Kind.RECEIVED)
        .exists(),
        "due_at": working_days_after(pupil.school, pupil.left_on, DUE) if pupil.left_on else None,
    }


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file for this person alone: nothing between keeps it."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store, private",
        },
    )
