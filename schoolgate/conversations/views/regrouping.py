"""Taking a thread apart, and going on with two as one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.conversations import access
from schoolgate.conversations.actions.joining import join, may_be_joined
from schoolgate.conversations.actions.separating import separate
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.forms import Joining, Separating
from schoolgate.conversations.models import Conversation
from schoolgate.design.choosing import offer
from schoolgate.people.access import Who, pupils_of
from schoolgate.people.errors import OtherChildNamed
from schoolgate.people.models import Pupil, Receives


@opened_to(a_team_member)
@require_safe
def regrouping(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both ways on one page: what can be separated, and where it could go on."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    return render(request, "conversations/regrouping.html", _page(who, conversation))


@opened_to(a_team_member)
@require_POST
def separations(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give some messages a conversation of their own."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    form = _separating(who, conversation, request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                new = separate(
                    actor=who.actor,
                    conversation=conversation,
                    chosen=[UUID(one) for one in form.cleaned_data["chosen"]],
                    pupil=form.cleaned_data["pupil"],
                    subject=form.cleaned_data["subject"],
                    named_because=form.cleaned_data["named_because"],
                    at=who.at,
                )
        except (ConversationError, OtherChildNamed) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("It is a conversation of its own now. {name} knows where to look.")
            messages.success(request, said.format(name=conversation.carer.name))
            return redirect(_where(who, new))
    page = _page(who, conversation, separating=form)
    return render(request, "conversations/regrouping.html", page, status=422)


@opened_to(a_team_member)
@require_POST
def joinings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on with this thread in another of the same matter."""
    who = who_asks(request)
    conversation = access.one_as_team(who, public_id)
    form = _joining(who, conversation, request.POST)
    if form.is_valid() and who.member:
        try:
            with transaction.atomic():
                new = join(
                    actor=who.actor,
                    member=who.member,
                    conversation=conversation,
                    into=form.cleaned_data["into"],
                    at=who.at,
                )
        except ConversationError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("It goes on here. {name} knows where to look.")
            messages.success(request, said.format(name=conversation.carer.name))
            return redirect(new.page)
    page = _page(who, conversation, joining=form)
    return render(request, "conversations/regrouping.html", page, status=422)


def _page(who: Who, conversation: Conversation, **forms: Any) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "separating": _separating(who, conversation),
        "joining": _joining(who, conversation),
        **forms,
    }


def _separating(who: Who, conversation: Conversation, data: Any = None) -> Separating:
    theirs = conversation.messages.filter(direction="family").order_by("at", "id")
    first = {"pupil": conversation.pupil.public_id} if conversation.pupil else {}
    form = Separating(data, initial=first).offer(list(theirs))
    offer(form, "pupil", _children(who, conversation))
    return form


def _joining(who: Who, conversation: Conversation, data: Any = None) -> Joining:
    form = Joining(data)
    offer(form, "into", _others(who, conversation))
    return form


def _children(who: Who, conversation: Conversation) -> QuerySet[Pupil]:
    """Those whose news the thread's carer may receive."""
    asker = Who(school=who.school, carer=conversation.carer, at=who.at)
    return pupils_of(asker, Receives.PROGRESS)


def _others(who: Who, conversation: Conversation) -> QuerySet[Conversation]:
    """The carer's other threads that this one could go on in, as far as both may be seen."""
    rows = access.visible_to(who).filter(carer=conversation.carer, school=conversation.school)
    fitting = [one.pk for one in rows if may_be_joined(conversation, one)]
    return rows.filter(pk__in=fitting).order_by("-last_at")


def _where(who: Who, new: Conversation) -> str:
    """The new thread where they may see it; it may be another's to answer."""
    seen = access.visible_to(who).filter(pk=new.pk).exists()
    return new.page if seen else f"/{new.school.slug}/to-answer/"
