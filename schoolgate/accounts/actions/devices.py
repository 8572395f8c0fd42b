"""Signed-in devices: seen by their person, and ended at once when access ends."""

from allauth.usersessions.models import UserSession

from schoolgate.accounts.queries import schools_of
from schoolgate.people.leaving import AccessEnded


def sign_out_everywhere(news: AccessEnded) -> None:
    """End every signed-in device of somebody whose access ended, unless they have another place.

    Someone who is also a parent here, or works at another school, stays signed in there; what they
    may do is judged at every request in any case (decision 3).
    """
    user_id = news.member.user_id
    if user_id is None:
        return
    if schools_of(user_id=user_id) != [news.member.school]:
        return
    end_devices(user_id=user_id)


def end_devices(*, user_id: int) -> None:
    """End every signed-in device of one user."""
    for session in UserSession.objects.filter(user_id=user_id):
        session.end()


def end_device(*, user_id: int, number: int) -> None:
    """End one of a user's own devices; another's is not touched."""
    for session in UserSession.objects.filter(user_id=user_id, pk=number):
        session.end()
