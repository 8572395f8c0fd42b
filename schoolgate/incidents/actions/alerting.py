"""An email to colleagues that names no child and no family; what is due today waits for nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.posting import post_alert
from schoolgate.delivery.models import Content
from schoolgate.people.models import TeamMember
from schoolgate.school.models import School


def alert(school: School, members: Iterable[TeamMember], at: datetime) -> None:
    """Tell colleagues that something waits on the page of what must be told today (UTC)."""
    people = list({member.pk: member for member in members}.values())
    if not people:
        return
    content = Content.objects.create(
        school=school,
        purpose=Content.Purpose.ALERT,
        subject=_("Something waits for you today at {school}").format(school=school.name),
        text=_("Something that must be told today waits for you. See it here:\n{page}\n").format(
            page=f"{settings.PUBLIC_ADDRESS}/{school.slug}/told-today/"
        ),
        written_at=at,
    )
    post_alert(content=content, members=people, at=at)
