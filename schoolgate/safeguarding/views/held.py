"""Looking again at what is held back: it goes on, reaches further or ends."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import opened_to
from schoolgate.safeguarding import access
from schoolgate.safeguarding.actions.holding import look_again
from schoolgate.safeguarding.errors import SafeguardingError
from schoolgate.safeguarding.rules import safeguarding_team


@opened_to(safeguarding_team)
@require_POST
def looking_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What somebody decided about one hold after another look."""
    who = who_asks(request)
    hold = access.hold(who, public_id)
    try:
        look_again(who=who, hold=hold, what=request.POST.get("do", ""), at=who.at)
    except SafeguardingError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("sealed", school=hold.school.slug)
