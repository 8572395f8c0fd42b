"""A changed calendar and what is for today: by when a person sees it is counted anew.

What was told to a family as "a person sees it by" would else stand on a day on which nobody is in,
and the head would be alarmed about an empty office (decision 1).
"""

from schoolgate.school.calendar_news import CalendarChanged
from schoolgate.today.calendars import day_of_school
from schoolgate.today.models import Matter
from schoolgate.today.states import State
from schoolgate.today.times import times


def recount_today(news: CalendarChanged) -> None:
    """Count what nobody has seen anew, as long as nobody was alarmed about it.

    The day that it is for stays: an absence on a day that was closed is none on the next one. An
    alarm that has gone out can't be taken back, and what it said stays true.
    """
    waiting = Matter.objects.select_for_update(of=("self",)).filter(
        school=news.school, state=State.WAITING, next_alarm_at__gt=news.at
    )
    moved = []
    for matter in waiting.select_related("pupil"):
        if matter.next_alarm_at != matter.due_at:
            continue
        again = times(matter.came_at, day_of_school(news.school, matter.pupil))
        if (again.due_at, again.head_at) != (matter.due_at, matter.head_at):
            matter.due_at = matter.next_alarm_at = max(again.due_at, news.at)
            matter.head_at = max(again.head_at, matter.due_at)
            moved.append(matter)
    Matter.objects.bulk_update(moved, ["due_at", "head_at", "next_alarm_at"])
