"""The address of a conversation and of a file: one page for both sides, shown by who asks."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_carer_or_team_member, a_team_member, opened_to
from schoolgate.conversations import access
from schoolgate.conversations.actions.seeing import note_seen
from schoolgate.conversations.files.sniffing import PICTURES, PLAYED
from schoolgate.conversations.pages import family_page, saved_words, team_page
from schoolgate.conversations.routes import routes_now
from schoolgate.design.downloads import as_it_came, as_picture, as_sound
from schoolgate.ledger.actions import record
from schoolgate.school import files


@opened_to(a_carer_or_team_member)
@require_safe
def conversation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One conversation: the family's side for its carer, the team's side for the team."""
    who = who_asks(request)
    if who.carer and access.visible_to_carer(who).filter(public_id=public_id).exists():
        page = family_page(who, access.one_as_carer(who, public_id))
        if "routes" in request.GET and who.school:
            page["routes"] = routes_now(who.school, who.at)
        return render(request, "conversations/family.html", page)
    found = access.one_as_team(who, public_id)
    # Views are recorded for team members, never for carers (threat T19).
    record(
        actor=who.actor,
        verb="looked at",
        school_id=found.school_id,
        about=("conversation", found.public_id),
        at=who.at,
    )
    if who.member:
        note_seen(member=who.member, conversation=found, at=who.at)
    page = team_page(who, found, **saved_words(who, found, request.GET.get("saved", "")))
    return render(request, "conversations/team.html", page)


@opened_to(a_carer_or_team_member)
@require_safe
def attachment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One file of a conversation, always as a download except for pictures that we wrote anew."""
    found = access.attachment(who_asks(request), public_id)
    if found.stored is None:
        raise Http404
    content = files.read(found.stored)
    if found.media_type in PLAYED:
        return as_sound(request, content, found.media_type, found.name)
    if found.media_type not in PICTURES:
        return as_it_came(content, found.name)
    return as_picture(content, found.media_type, found.name)


@opened_to(a_carer_or_team_member)
@require_safe
def thumbnail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A picture of a conversation, small. Raises Http404."""
    found = access.attachment(who_asks(request), public_id)
    if found.thumbnail is None:
        raise Http404
    return as_picture(files.read(found.thumbnail), "image/jpeg", found.name)


@opened_to(a_team_member)
@require_safe
def original(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What came, byte for byte; for those of the team who may see its conversation."""
    return as_it_came(files.read(access.original(who_asks(request), public_id)), "original.eml")


@opened_to(a_team_member)
@require_safe
def aside_original(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A machine's mail, byte for byte."""
    aside = access.aside(who_asks(request), public_id)
    return as_it_came(files.read(aside.original), "original.eml")
