"""The demo's entry page and its outbox; neither exists where real people are."""

from email import message_from_bytes, policy
from pathlib import Path

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.gates import anybody, opened_to
from schoolgate.accounts.models import User
from schoolgate.accounts.second_factor import note_passed
from schoolgate.accounts.sessions import stamp_sign_in
from schoolgate.delivery.channels.email.outbox import folder
from schoolgate.rehearsal.cast import address
from schoolgate.rehearsal.parts import PARTS
from schoolgate.school.clock import now
from schoolgate.school.models import School

MOST_LETTERS = 100


@opened_to(anybody)
@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """Enter as each kind of person."""
    schools = [
        {"school": school, "parts": PARTS[school.slug]}
        for school in School.objects.filter(slug__in=PARTS)
    ]
    return render(request, "rehearsal/entry.html", {"schools": schools})


@opened_to(anybody)
@require_POST
def entering(request: HttpRequest) -> HttpResponse:
    """Become somebody of the cast; the page counts as a second factor, for it is a demo."""
    school = get_object_or_404(School, slug=request.POST.get("school", ""), demo=True)
    key = request.POST.get("key", "")
    parts = PARTS[school.slug]
    names = {part.key: part.name for part in parts.team}
    names |= {part.key: part.name for part in parts.families}
    if key not in names:
        raise Http404
    user = User.objects.filter(email=address(key, school)).first() or get_object_or_404(
        User, name=names[key], email=None
    )
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    note_passed(request)
    stamp_sign_in(request, at=now())
    return redirect("home", school=school.slug)


@opened_to(anybody)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every email and text that would have left, latest first."""
    files = sorted(
        [*folder().glob("*.eml"), *(folder() / "texts").glob("*.txt")],
        key=lambda one: one.stat().st_mtime,
        reverse=True,
    )
    letters = [
        _read_text(one) if one.suffix == ".txt" else _read(one) for one in files[:MOST_LETTERS]
    ]
    return render(request, "rehearsal/outbox.html", {"letters": letters})


def _read_text(path: Path) -> dict[str, str]:
    to, _, words = path.read_text().partition("\n\n")
    return {"to": to, "subject": "", "text": words}


def _read(path: Path) -> dict[str, str]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    shown = {
        name.lower().replace("-", "_"): str(message[name]) for name in ("To", "From", "Subject")
    }
    return {
        **shown,
        "reply_to": str(message["Reply-To"]),
        "text": body.get_content() if body else "",
    }
