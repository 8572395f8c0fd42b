"""The team's side: of whom nothing good was told, and telling it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations.errors import ConversationError
from schoolgate.good_news import access
from schoolgate.good_news.actions.telling import Good, tell
from schoolgate.good_news.errors import GoodNewsError
from schoolgate.good_news.forms import TellGood
from schoolgate.good_news.models import GoodNews
from schoolgate.good_news.pages import child_page, list_page
from schoolgate.people.access import Who
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import Pupil


@opened_to(a_team_member)
@require_safe
def good_news(request: HttpRequest) -> HttpResponse:
    """Of whom nothing good was told lately, by name; never by colleague or class."""
    return render(request, "good_news/list.html", list_page(who_asks(request)))


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell something good of one child by one press, and see exactly who hears it."""
    who = who_asks(request)
    pupil = access.child(who, public_id)
    form = TellGood(request.POST or None)
    if request.method == "POST" and form.is_valid():
        news = _told(who, pupil, form)
        if news is not None:
            names = ", ".join(one.carer.name for one in news.heard.select_related("carer"))
            messages.success(request, _("Sent to {names}.").format(names=names))
            return redirect("good_news", school=pupil.school.slug)
    page = child_page(who, pupil, form)
    return render(request, "good_news/child.html", page, status=422 if form.is_bound else 200)


def _told(who: Who, pupil: Pupil, form: TellGood) -> GoodNews | None:
    """What was told; nothing where the form says why not."""
    assert who.member is not None  # the gate admits team members
    try:
        with transaction.atomic():
            good = Good(pupil=pupil, **form.cleaned_data)
            return tell(actor=who.actor, member=who.member, good=good, at=who.at)
    except (GoodNewsError, ConversationError, OtherChildNamed) as refusal:
        form.add_error(None, str(refusal))
        return None
