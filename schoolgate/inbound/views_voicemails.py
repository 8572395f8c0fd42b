"""The office adds a voicemail: who rang, about whom, when, the recording, what it says."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.conversations.errors import ConversationError
from schoolgate.conversations.models import Conversation
from schoolgate.design.choosing import offer
from schoolgate.inbound import access
from schoolgate.inbound.actions.adding import Left, add_voicemail
from schoolgate.inbound.errors import InboundError
from schoolgate.inbound.forms import AddingVoicemail
from schoolgate.people.access import Who, pupils_for_team
from schoolgate.school.errors import StorageFull


@opened_to(office)
@require_http_methods(["GET", "POST"])
def voicemails(request: HttpRequest) -> HttpResponse:
    """Add one; its conversation has the call's time."""
    who = who_asks(request)
    form = AddingVoicemail(request.POST or None, request.FILES or None)
    offer(form, "carer", access.carers(who).order_by("sorted_by"))
    offer(form, "pupil", pupils_for_team(who).order_by("sorted_by"))
    if request.method == "POST" and form.is_valid():
        made = _added(who, form)
        if made:
            messages.success(request, _("The voicemail is in its conversation."))
            return redirect(made.page)
    status = 422 if form.is_bound else 200
    return render(request, "inbound/voicemail.html", {"form": form}, status=status)


def _added(who: Who, form: AddingVoicemail) -> Conversation | None:
    """The conversation; none when something has to be put right first."""
    assert who.member is not None  # the gate admits team members only
    told = form.cleaned_data
    try:
        with transaction.atomic():
            return add_voicemail(
                actor=who.actor,
                member=who.member,
                carer=told["carer"],
                pupil=told["pupil"],
                left=Left(told["at"], told["words"], form.upload()),
                at=who.at,
            )
    except (InboundError, ConversationError, StorageFull) as refusal:
        form.add_error(None, str(refusal))
        return None
