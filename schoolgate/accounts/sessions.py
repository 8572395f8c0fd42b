"""How long a device stays signed in: carers 30 days from their last visit, the team 12 hours."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from schoolgate.accounts.actions.signing_in import note_signed_in
from schoolgate.accounts.queries import places_of
from schoolgate.accounts.reaching import places_reached
from schoolgate.people.access import Who

TEAM_HOURS = timedelta(hours=12)
SEEN, SIGNED_IN = "seen_on", "signed_in_at"


def begin_session(request: HttpRequest, *, user_id: int, at: datetime) -> None:
    """Set how long this device stays signed in, and note the carer's sign-in (UTC)."""
    places = places_reached(request, at) or places_of(user_id=user_id, at=at)
    if any(who.member for who in places):
        request.session.set_expiry(at + TEAM_HOURS)
    else:
        request.session.set_expiry(None)
    request.session[SEEN] = at.date().isoformat()
    stamp_sign_in(request, at=at)
    note_signed_in(places=places, at=at)


def keep_session(request: HttpRequest, who: Who) -> None:
    """Once a day, let a carer's 30 days begin anew; a team member's 12 hours never do."""
    today = who.at.date().isoformat()
    if who.carer is None or request.session.get(SEEN) == today:
        return
    request.session[SEEN] = today
    note_signed_in(places=[who], at=who.at)


def stamp_sign_in(request: HttpRequest, *, at: datetime) -> None:
    """Remember on this device when its person showed who they are (UTC)."""
    request.session[SIGNED_IN] = at.isoformat()


def signed_in_at(request: HttpRequest) -> datetime | None:
    """When this device's person last showed who they are (UTC); none where that is not known."""
    stamped = request.session.get(SIGNED_IN)
    return datetime.fromisoformat(stamped) if stamped else None
