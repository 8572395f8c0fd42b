"""A signed-in browser of somebody of the cast."""

from django.test import Client

from schoolgate.accounts.models import User
from schoolgate.accounts.second_factor import PASSED
from schoolgate.rehearsal.cast import Cast


def enters(cast: Cast, key: str) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(
        User.objects.get(pk=cast.user_id(key)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.session
    session[PASSED] = True
    session.save()
    return client
