"""What somebody types about a call: fields in the order of a call, one press of Enter saves."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.conversations.actions.calling import Told
from schoolgate.conversations.models import Call, Conversation
from schoolgate.design.dates import MomentField, MomentInput
from schoolgate.design.other_child import NamesOthers
from schoolgate.design.pressing import Pressed
from schoolgate.people.models import Link
from schoolgate.school.models import School

PRIVATE = "private"
OUTCOMES = (
    (Call.Outcome.SPOKE.value, _("Spoke")),
    (Call.Outcome.VOICEMAIL.value, _("Left a voicemail")),
    (Call.Outcome.NO_ANSWER.value, _("No answer")),
    (Call.Outcome.ENGAGED.value, _("Engaged")),
)
HAPPENED = (
    ("we rang", _("We rang")),
    ("they rang", _("They rang")),
    ("they came", _("They came, or we met")),
    ("we came", _("We went to see them")),
)


DOORS = (
    ("", _("Nothing of these")),
    (Conversation.Kind.COMPLAINT.value, _("A complaint")),
    (Conversation.Kind.HELP.value, _("Help with communication")),
    (Conversation.Kind.MEETING.value, _("A meeting")),
    (Conversation.Kind.POLICY.value, _("A policy")),
)


def _select(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.Select(attrs={"class": "field"})
    )


def _line_of_text(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


def _moment(label: Any, help_text: Any = "") -> MomentField:
    return MomentField(
        label=label,
        help_text=help_text,
        required=False,
        widget=MomentInput(attrs={"type": "datetime-local", "class": "field"}),
    )


class Adults(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """An adult and a child, as one line that is found by the first letters of the adult's name."""

    def label_from_instance(self, obj: Any) -> str:
        """The line."""
        return str(
            _("{carer}, about {child} ({relationship})").format(
                carer=obj.carer.name, child=obj.pupil, relationship=obj.relationship
            )
        )


class LoggingCall(NamesOthers):
    """A call or a visit; `at` is the moment of the press (UTC)."""

    link = Adults(
        label=_("With whom, about which child"),
        queryset=Link.objects.none(),
        empty_label=_("Type the first letters of the name"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    happened = _select(_("What happened"), HAPPENED)
    line = _select(_("On which line"))
    private_reason = _line_of_text(
        _("Why a private telephone"), 300, _("In an emergency only. The head hears at once.")
    )
    outcome = _select(_("How it went"), OUTCOMES)
    words = _line_of_text(_("What was said"), 2000, _("The family reads this."))
    promised = _line_of_text(_("What was promised"), 300, _("The family reads this too."))
    promised_by = _moment(_("By when"))
    ring_back = forms.BooleanField(label=_("It is a call back"), required=False)
    needs_answer = forms.BooleanField(label=_("Somebody needs to answer this"), required=False)
    door = _select(_("What they asked for"), DOORS)
    began_at = _moment(_("When, if not just now"))
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4)
    given = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, school: School, links: "QuerySet[Link] | None") -> None:
        super().__init__(data, initial={"happened": "we rang", "outcome": "spoke"})
        self.zone = ZoneInfo(school.settings.timezone)
        if links is None:
            del self.fields["link"]
        else:
            self.fields["link"].queryset = links  # type: ignore[attr-defined]  # has rows
        lines = [(line, line) for line in school.settings.telephone.lines]
        choices = [*lines, (PRIVATE, _("A private telephone, in an emergency"))]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["line"].required = self.fields["door"].required = False
        first = "happened" if links is None else "link"
        self.fields[first].widget.attrs["autofocus"] = True

    def told(self, at: datetime, given: str = "") -> Told:
        """As the verb takes it; `given` are a leader's words, where one gives them."""
        said = self.cleaned_data
        visit = said["happened"] in {"they came", "we came"}
        private = said["line"] == PRIVATE and not visit
        return Told(
            outcome=Call.Outcome.SPOKE if visit else said["outcome"],
            began_at=self._began(at),
            way=Call.Way.VISIT if visit else Call.Way.CALL,
            inbound=said["happened"] in {"they rang", "they came"},
            line="" if private or visit else said["line"],
            private_reason=said["private_reason"] if private else "",
            words=said["words"] or given,
            promised=said["promised"],
            promised_by=_utc(said["promised_by"]),
            ring_back=said["ring_back"],
            needs_answer=said["needs_answer"],
            door=said["door"],
            named_because=said["named_because"],
            once=said["once"],
        )

    def _began(self, at: datetime) -> datetime:
        """To the end of the minute that was typed: a clock on a wall shows no seconds."""
        typed = _utc(self.cleaned_data["began_at"])
        if typed is None:
            return at
        end = typed + timedelta(seconds=59, microseconds=999999)
        return min(end, at) if typed <= at else typed


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


class Connecting(forms.Form):
    """Which of their numbers, from which line of the school's."""

    number = forms.IntegerField(min_value=1, max_value=2**62)
    line = forms.CharField(max_length=80)
    sure = forms.BooleanField(required=False)
