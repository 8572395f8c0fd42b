"""Nobody covers for somebody who is away: recorded, and the next person up hears at once (13)."""

from schoolgate.escalation.actions.telling import alert
from schoolgate.people.absence_news import Away
from schoolgate.people.presence import acting_heads


def alarm_without_cover(news: Away) -> None:
    """Tell the line leader and the head of an absence without cover.

    Where it is the head who is away, those above hold what was taken to the head from this moment.
    """
    absence = news.absence
    if absence.cover is not None:
        return
    school = absence.school
    people = [*acting_heads(school, news.at), *filter(None, [absence.member.line_leader])]
    told = [one for one in people if one != absence.member]
    alert(school, told, news.at, page="absences")
