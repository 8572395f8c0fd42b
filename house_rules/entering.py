"""A signed-in browser for each kind of person, at Medway Green."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

from django.test import Client
from django.utils import timezone

from schoolgate.accounts.models import User
from schoolgate.accounts.queries import who_is
from schoolgate.accounts.second_factor import PASSED
from schoolgate.people.access import Who
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

# Every kind of person, at Medway Green; the last four have no business there at all.
PEOPLE = (
    "ewa",
    "piotr",
    "nina",
    "priya",
    "lena",
    "dee",
    "joan",
    "tom",
    "ruth",
    "helen",
    "sam",
    "grace",
    "andy",
    "other head",
    "other parent",
    "nobody",
)


def enter(person: str, here: Cast, other: Cast) -> tuple[Client, Who]:
    """A signed-in browser of one person, and who they are at Medway Green."""
    client, at = Client(), timezone.now()
    if person == "nobody":
        return client, Who(school=here.school, at=at)
    keys = {"other head": (other, "marcus"), "other parent": (other, "mia")}
    cast, key = keys.get(person, (here, person))
    see(school_id=cast.school.pk)
    user_id = cast.user_id(key)
    see(school_id=here.school.pk)
    client.force_login(
        User.objects.get(pk=user_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    session = client.session
    session[PASSED] = True
    session.save()
    return client, who_is(school=here.school, user_id=user_id, at=at)
