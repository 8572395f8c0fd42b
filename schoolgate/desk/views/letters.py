"""Letters to post: what waits, one press to print it all, one to say that it has been posted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.delivery.actions.printing import make_batch, mark_posted, to_take_out
from schoolgate.delivery.errors import NothingToPrint
from schoolgate.delivery.queries import letter_batches, letters_waiting
from schoolgate.ledger.actions import record
from schoolgate.school import files
from schoolgate.school.errors import StorageFull

SHOWN = 20


@opened_to(office)
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """What waits, and the batches, newest first; a press makes one of all that waits."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits the office of a school only
    if request.method == "POST":
        try:
            made = make_batch(actor=who.actor, school=who.school, at=who.at)
        except (NothingToPrint, StorageFull) as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext(
                "One letter is ready to print.",
                "{count} letters are ready to print.",
                made.letters,
            ).format(count=made.letters)
            messages.success(request, said)
        return redirect("letters", school=who.school.slug)
    batches = [(one, to_take_out(one, who.at)) for one in letter_batches(who.school.pk)[:SHOWN]]
    page = {"waiting": letters_waiting(who.school.pk, who.at).count(), "batches": batches}
    return render(request, "desk/letters.html", page)


@opened_to(office)
@require_safe
def letters_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One batch as it is printed."""
    who = who_asks(request)
    batch = get_object_or_404(
        letter_batches(who.school.pk if who.school else 0), public_id=public_id
    )
    # Views are recorded for team members (threat T19).
    record(
        actor=who.actor,
        verb="looked at",
        school_id=batch.school_id,
        about=("letter batch", batch.public_id),
        at=who.at,
    )
    response = HttpResponse(files.read(batch.pdf), content_type="application/pdf")
    name = f"letters-{batch.made_at:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@opened_to(office)
@require_POST
def letters_posted(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """They lie in the letter box."""
    who = who_asks(request)
    batch = get_object_or_404(
        letter_batches(who.school.pk if who.school else 0), public_id=public_id
    )
    mark_posted(actor=who.actor, batch=batch, at=who.at)
    messages.success(request, _("Recorded as posted."))
    return redirect("letters", school=batch.school.slug)
