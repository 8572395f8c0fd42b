"""Saved replies: one's own and the school's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations.access_saved import one_to_end, saved_for
from schoolgate.conversations.actions.saving import end_reply, save_reply
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.saved_forms import Saving
from schoolgate.people.access import Who, keeps_the_lists


@opened_to(a_team_member)
@require_http_methods(["GET", "POST"])
def saved_replies(request: HttpRequest) -> HttpResponse:
    """The list, and a form for one more."""
    who = who_asks(request)
    assert who.school is not None  # the gate admits members of a school
    form = Saving(request.POST or None)
    if form.is_valid() and _saved(who, form):
        messages.success(request, _("Saved."))
        return redirect("saved_replies", school=who.school.slug)
    page = {"form": form, "rows": saved_for(who), "for_all": keeps_the_lists(who)}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/saved_replies.html", page, status=status)


@opened_to(a_team_member)
@require_POST
def saved_reply_ending(request: HttpRequest, number: int) -> HttpResponse:
    """Take one off the list."""
    who = who_asks(request)
    saved = one_to_end(who, number)
    end_reply(actor=who.actor, saved=saved, at=who.at)
    return redirect("saved_replies", school=who.school.slug if who.school else "")


def _saved(who: Who, form: Saving) -> bool:
    for_all = form.cleaned_data["for_all"] and keeps_the_lists(who)
    try:
        save_reply(
            actor=who.actor,
            school=who.school,  # type: ignore[arg-type]  # the gate admits members of a school
            member=None if for_all else who.member,
            said=(form.cleaned_data["name"], form.cleaned_data["words"]),
            at=who.at,
        )
    except ConversationError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
