"""What the pages about calls show: needs before numbers, and what is to be rung."""

from dataclasses import dataclass
from typing import Any

from schoolgate.conversations import access_calls
from schoolgate.conversations.actions.keeping import waiting_words
from schoolgate.conversations.call_forms import LoggingCall
from schoolgate.conversations.models import Conversation
from schoolgate.people.access import Who
from schoolgate.people.models import ContactRoute, Link
from schoolgate.people.ringing import Ringing, ringing_of
from schoolgate.people.telephone import numbers_in
from schoolgate.school.models import School
from schoolgate.school.settings_parts import ClickToCall

MOST_TASKS = 100


@dataclass(frozen=True)
class Number:
    """One number, how it is shown, and the address that rings it; none where a press does."""

    route: ContactRoute
    address: str


def log_page(
    who: Who, conversation: Conversation | None, form: LoggingCall, *, pressed: bool
) -> dict[str, Any]:
    """The form, and for a thread what helps and who may be rung; numbers last (decision 2)."""
    page: dict[str, Any] = {"form": form, "conversation": conversation}
    if conversation is None or who.school is None:
        return page
    page["somebody_is_protected"] = _somebody_is_protected(conversation)
    ringing = ringing_of(conversation.carer, who.at)
    shown = pressed or not ringing.after_a_press
    return {
        **page,
        "given": waiting_words(conversation) if conversation.guided else None,
        "ringing": ringing,
        "numbers_shown": shown,
        "numbers": numbers(who.school, ringing) if shown else [],
        "lines": lines_that_ring(who.school),
    }


def _somebody_is_protected(conversation: Conversation) -> bool:
    """Whether where any adult of the child lives is protected, whoever of them rings (T2)."""
    if conversation.carer.protected_address:
        return True
    adults = Link.objects.filter(pupil=conversation.pupil_id, carer__protected_address=True)
    return conversation.pupil_id is not None and adults.exists()


def numbers(school: School, ringing: Ringing) -> list[Number]:
    """Each number with its address: of a telephone, or of the trunk that shows the school's."""
    return [Number(route, _address(school, route.value)) for route in ringing.routes]


def lines_that_ring(school: School) -> list[str]:
    """The lines from which a press can ring, where the school has it so (Clause 2.2-T4b)."""
    telephone = school.settings.telephone
    if telephone.click_to_call is not ClickToCall.TWILIO:
        return []
    return [line for line in telephone.lines if numbers_in(line)]


def tasks_page(who: Who) -> dict[str, Any]:
    """Whom to ring, and for leaders what should not have happened and did (decision 13)."""
    return {
        "tasks": list(access_calls.tasks_for(who)[:MOST_TASKS]),
        "private_calls": list(access_calls.private_calls_for(who)[:MOST_TASKS]),
        "written_urgently": list(access_calls.written_urgently_for(who)[:MOST_TASKS]),
    }


def _address(school: School, number: str) -> str:
    telephone = school.settings.telephone
    dialled = "".join(one for one in number if one.isdecimal() or one == "+")
    if telephone.click_to_call is ClickToCall.SIP:
        return f"sip:{dialled}@{telephone.sip_domain};user=phone"
    return f"tel:{dialled}"
