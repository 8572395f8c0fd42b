"""What those who would take a call see, and those who stand above the school."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from schoolgate.conversations.models import Conversation
from schoolgate.drill import faults
from schoolgate.drill.looking import page
from schoolgate.drill.report import Fault
from schoolgate.drill.stage import Stage
from schoolgate.inbound.models import TrayItem
from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.actions.limits import begin_limit
from schoolgate.people.models import Link, Receives, TeamMember
from schoolgate.people.presence import members_here
from schoolgate.people.queries import holders
from schoolgate.today import people

# Every list and page that the office has, by the name of its address.
LISTS = (
    "to_answer", "conversations", "people", "tray", "voicemails", "passed", "letters",
    "not_reached", "for_today", "pick_ups", "calls", "call_tasks", "hand_offs", "log_call",
    "told_today", "registers", "missing",
)  # fmt: skip
# Those that name families: nobody above the school has them (T24).
OF_FAMILIES = ("people", "tray", "conversations", "letters", "pick_ups")


def keep_out(stage: Stage, at: datetime) -> None:
    """An order says that the other parent may not learn where they live (UTC)."""
    begin_limit(
        actor=SYSTEM,
        link=Link.objects.get(school=stage.school, carer=stage.family.other),
        at_most=Receives.PROGRESS,
        says="May not learn where Wren lives.",
        at=at,
    )


def takes_the_call(stage: Stage, at: datetime) -> list[TeamMember]:
    """Who would take a call at a moment (UTC): the office that is here."""
    return people.office_people(stage.school, at)


def shown_to_call_takers(
    stage: Stage, member: TeamMember, at: datetime, address: str
) -> Iterator[Fault]:
    """The address on a page of who takes the call; or nothing that tells them to be careful."""
    family = stage.family
    carer_page = page(stage, member, "person", at, public_id=family.carer.public_id)
    pages = [(str(name), page(stage, member, name, at)) for name in LISTS] + [
        ("people", page(stage, member, "people", at, query="kind=carers"))
    ]
    pages += [
        (_("the child’s page"), page(stage, member, "person", at, public_id=one.public_id))
        for one in (family.pupil, family.other)
    ]
    pages += [(_("the carer’s page"), carer_page), *_of_what_came(stage, member, at)]
    for name, text in pages:
        if address in text:
            yield faults.address_shown(_("on the page {page}").format(page=name))
    listed = page(stage, member, "conversations", at)
    careful = _("Where they live is protected: never ask, never write it down")
    if _("Check who may read") not in listed or careful not in carer_page:
        yield faults.not_warned(member.name)


def _of_what_came(stage: Stage, member: TeamMember, at: datetime) -> Iterator[tuple[str, str]]:
    """The pages of each thread and of what lies in the tray."""
    for thread in Conversation.objects.filter(school=stage.school):
        yield (
            _("a conversation"),
            page(stage, member, "conversation", at, public_id=thread.public_id),
        )
        query = f"conversation={thread.public_id}&show=number"
        yield _("writing down a call"), page(stage, member, "log_call", at, query=query)
    for item in TrayItem.objects.filter(school=stage.school):
        yield _("the tray"), page(stage, member, "tray_item", at, public_id=item.public_id)


def names_seen_from_above(stage: Stage, at: datetime) -> Iterator[Fault]:
    """Who leads the group and would see a family's name on a list: they see numbers (T24)."""
    above = stage.school.settings.choices.above_head
    leads = holders(school_id=stage.school.pk, roles=(above,), at=at)
    for lead in members_here(stage.school.pk, at).filter(pk__in=leads.values("pk")):
        if any("Hollis" in page(stage, lead, name, at) for name in OF_FAMILIES):
            yield faults.names_from_above(lead.name)
