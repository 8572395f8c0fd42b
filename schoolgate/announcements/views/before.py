"""What stands on the page of an announcement that has not gone yet."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from schoolgate.announcements import access
from schoolgate.announcements.actions.checking import check_ready, gaps
from schoolgate.announcements.actions.naming import named_without_reason
from schoolgate.announcements.closing_days import ClosingDays, may_be_entered
from schoolgate.announcements.errors import AnnouncementError
from schoolgate.announcements.forms import Deciding, OtherLanguage, Sending
from schoolgate.announcements.models import Announcement
from schoolgate.announcements.previewing import preview
from schoolgate.announcements.states import READY, UNDER_WAY, State
from schoolgate.announcements.wording import subject_of, text_of
from schoolgate.design.other_child import NamesOthers
from schoolgate.people.access import Who

SOON = timedelta(minutes=10)
A_LITTLE = 5  # seconds that the worker may need


def before_page(
    request: HttpRequest, who: Who, announcement: Announcement, **forms: Any
) -> dict[str, Any]:
    """The preview, and what this person may do with it now."""
    mine = who.member is not None and announcement.author_id == who.member.pk
    refused = access.refusal_for(who, announcement)
    central = access.sender_of(who).is_central
    enters = may_be_entered(who, announcement)
    return {
        "announcement": announcement,
        "subject": subject_of(announcement),
        "text": text_of(announcement),
        "preview": preview(announcement, who, request.GET.get("person", "")),
        "parts": announcement.parts.select_related("group", "pupil", "pupil_list"),
        "gaps": gaps(announcement),
        "lacking": _lacking(announcement),
        "named": _named(announcement, who.at),
        "naming_form": NamesOthers(),
        "refused": (refused.__doc__ or "") if refused else "",
        "may_write": mine and announcement.state not in UNDER_WAY,
        "may_send": refused is None and announcement.state in READY,
        "may_ask": mine and announcement.state in {State.DRAFT, State.DECLINED},
        "may_decide": central and announcement.state == State.ASKED,
        "under_way": announcement.state in UNDER_WAY,
        "goes_in": _seconds(announcement, who.at),
        "decided": announcement.approvals.exclude(decided_at=None).last(),
        "other_words": announcement.other_words.all(),
        "other_form": OtherLanguage(),
        "send_form": Sending(),
        "decide_form": Deciding(),
        "days_now": ClosingDays(auto_id="now_%s") if enters else None,
        "days_later": ClosingDays(auto_id="later_%s") if enters else None,
        **forms,
    }


def _lacking(announcement: Announcement) -> str:
    """What is still to do before anybody can send it or ask for it, in words."""
    try:
        check_ready(announcement)
    except AnnouncementError as lack:
        return str(lack)
    return ""


def _named(announcement: Announcement, at: datetime) -> list[str]:
    """The children named in it for whom a reason is wanted, while it can still be changed."""
    if announcement.state in UNDER_WAY:
        return []
    return [child.called for child in named_without_reason(announcement, at)]


def _seconds(announcement: Announcement, at: datetime) -> int | None:
    """In how many seconds the page shows anew what has become of it, where that is soon."""
    if announcement.state not in UNDER_WAY or announcement.publish_at is None:
        return None
    left = announcement.publish_at - at
    return max(0, int(left.total_seconds())) + A_LITTLE if left < SOON else None
