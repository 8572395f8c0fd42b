"""What has not left stays here: by one UPDATE, so that what is claimed already goes."""

from datetime import datetime

from schoolgate.announcements.models import Announcement
from schoolgate.delivery.models import Parcel

State = Parcel.State
NOT_GONE = (State.WAITING, State.GATHERED, State.OWED)


def take_rows_back(announcement: Announcement, at: datetime) -> int:
    """Take back every row that has not left and is in nobody's hand; how many (UTC)."""
    rows = Parcel.objects.filter(
        school_id=announcement.school_id, content=announcement.content_id, state__in=NOT_GONE
    )
    return rows.update(state=State.TAKEN_BACK, ended_at=at)
