"""Taking back today what was taken off somebody today."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.people.access import endings_for
from schoolgate.people.actions.taking_off import take_back
from schoolgate.people.errors import PeopleError
from schoolgate.people.models import Ending

Kind = Ending.Kind
LISTS = {Kind.LIMIT: "limits", Kind.PROTECTION: "limits", Kind.BAR: "site_bars"}


@opened_to(a_team_member)
@require_POST
def undoing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let it stand again as it stood, for those who may end it."""
    who = who_asks(request)
    ending = get_object_or_404(endings_for(who), public_id=public_id)
    assert who.member is not None  # the gate admits team members
    try:
        with transaction.atomic():
            take_back(actor=who.actor, member=who.member, ending=ending, at=who.at)
    except PeopleError as refusal:
        messages.error(request, _(str(refusal)))
    else:
        messages.success(request, _("Taken back. It stands as it stood before."))
    slug = ending.school.slug
    if ending.kind in LISTS:
        return redirect(LISTS[Kind(ending.kind)], school=slug)
    person = ending.pupil or ending.carer or ending.member
    assert person is not None  # all others are of somebody
    return redirect("person", school=slug, public_id=person.public_id)
