"""The office's people: the lists, and one person's page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import office, opened_to
from schoolgate.accounts.queries import shared_addresses
from schoolgate.desk import people_pages as pages
from schoolgate.desk.carer_forms import HoldNoRoute, NewNumber
from schoolgate.desk.people_forms import Email, LastDay, LinkCarer, MoveGroup, Reason
from schoolgate.people.models import Carer, Pupil

MOST_WORDS = 80


@opened_to(office)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Pupils, carers and the team, by name."""
    who, kind = who_asks(request), request.GET.get("kind", "")
    kind = kind if kind in pages.KINDS else "pupils"
    asked = request.GET.get("q", "").strip()[:MOST_WORDS]
    page = {
        "kind": kind,
        "asked": asked,
        "rows": pages.found(who, kind, asked),
        "most": pages.MOST,
        "resets": pages.open_resets(who).count(),
        "shared": len(shared_addresses(school_id=who.school.pk, at=who.at)) if who.school else 0,
        "not_invited": pages.not_invited(who).count(),
        "sixteen": pages.to_review(who) if kind == "pupils" else (),
    }
    return render(request, "desk/people.html", page)


@opened_to(office)
@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One child, carer or team member."""
    who = who_asks(request)
    one = pages.person(who, public_id)
    if one is None:
        raise Http404
    if isinstance(one, Pupil):
        asked = request.GET.get("find", "").strip()[:MOST_WORDS]
        page = pages.pupil_page(who, one, asked)
        page |= {
            "link": LinkCarer(),
            "move": MoveGroup(who=who),
            "last_day": LastDay(initial={"last_day": one.left_on}),
        }
        return render(request, "desk/people_pupil.html", page)
    if isinstance(one, Carer):
        page = pages.carer_page(who, one)
        page |= {"form": Email(initial={"email": page["email"]}), "reason": Reason()}
        page |= {"number": NewNumber(), "hold": HoldNoRoute(who=who, carer=one)}
        return render(request, "desk/people_carer.html", page)
    page = pages.member_page(who, one) | {"reason": Reason()}
    return render(request, "desk/people_member.html", page)
