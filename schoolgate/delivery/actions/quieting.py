"""Quieting: when what lights up a telephone may leave, for each person (2.1-M0, threat T16)."""

from datetime import datetime
from functools import cached_property

from schoolgate.delivery.quiet import WAKING, Quiet, not_before
from schoolgate.delivery.reach import Kind
from schoolgate.people.models import Preference
from schoolgate.school.calendars import reply_calendar
from schoolgate.school.models import School


class Hush:
    """The quiet hours of one school's people for one sending, each moment worked out once."""

    def __init__(self, school: School, at: datetime, *, is_urgent: bool) -> None:
        self.school, self.at, self.is_urgent = school, at, is_urgent
        self._moments: dict[tuple[str, Quiet | None], datetime] = {}

    def until(self, carer: int, channel: str) -> datetime:
        """The first moment (UTC) at which something may leave to one person by a channel."""
        if self.is_urgent or channel not in WAKING:
            return self.at
        key = (channel, self._quiet.get(carer))
        if key not in self._moments:
            self._moments[key] = not_before(
                self.at,
                kind=Kind.SERVICE,
                channel=channel,
                calendar=reply_calendar(self.school),
                quiet=key[1],
            )
        return self._moments[key]

    @cached_property
    def _quiet(self) -> dict[int, Quiet]:
        """Own hours, of those who named some."""
        named = Preference.objects.filter(school=self.school, quiet_from__isnull=False)
        rows = named.values_list("carer", "quiet_from", "quiet_until")
        return {carer: Quiet(begins, ends) for carer, begins, ends in rows if begins and ends}
