"""What people fill in about announcements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.announcements import access
from schoolgate.announcements.actions.drafting import Audience, Words
from schoolgate.announcements.audience import own_children
from schoolgate.announcements.models import Announcement, AudiencePart, PupilList
from schoolgate.announcements.starters import STARTERS
from schoolgate.delivery.models import Content
from schoolgate.design.choosing import offer
from schoolgate.design.dates import MomentField, MomentInput
from schoolgate.people.access import Who
from schoolgate.people.models import Group, Pupil
from schoolgate.people.queries import on_roll

Part = AudiencePart.Kind
ASKS = (
    (Content.Asks.NOTHING, _("Nothing")),
    (Content.Asks.CONFIRM, _("Please confirm: one press, each person")),
    (Content.Asks.YES_OR_NO, _("Yes or no, for each child")),
    (Content.Asks.CONSENT, _("Consent, for each child")),
)
PURPOSES = (
    (Content.Purpose.SERVICE, _("Something families need to know")),
    (Content.Purpose.NEWS, _("Optional news: only to those who agreed to it")),
)


def _field() -> dict[str, str]:
    return {"class": "field"}


def _boxes() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple()


def _moment(label: Any, help_text: Any = "") -> MomentField:
    """A day and an hour in the school's zone."""
    widget = MomentInput(attrs={"type": "datetime-local", "class": "field narrow"})
    return MomentField(label=label, help_text=help_text, widget=widget, required=False)


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    widget = forms.Select(attrs=_field())
    return forms.ChoiceField(label=label, choices=choices, widget=widget, required=False)


def _tick(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


class Composing(forms.Form):
    """One announcement: for whom, the words, what it asks, and how it goes."""

    whole_school = _tick(_("The whole school"))
    phases = forms.MultipleChoiceField(label=_("Phases"), required=False, widget=_boxes())
    groups = forms.ModelMultipleChoiceField(
        label=_("Tutor groups and classes"),
        queryset=Group.objects.none(),
        required=False,
        widget=_boxes(),
    )
    lists = forms.ModelMultipleChoiceField(
        label=_("Lists of a trip or meeting"),
        queryset=PupilList.objects.none(),
        required=False,
        to_field_name="public_id",
        widget=_boxes(),
    )
    children = forms.ModelMultipleChoiceField(
        label=_("Children by name"),
        queryset=Pupil.objects.none(),
        required=False,
        to_field_name="public_id",
        widget=_boxes(),
    )
    subject = forms.CharField(
        label=_("Subject"),
        help_text=_("No child’s name here."),
        required=False,
        max_length=180,
        widget=forms.TextInput(attrs=_field()),
    )
    text = forms.CharField(
        label=_("Message"), required=False, widget=forms.Textarea(attrs={"rows": 9, **_field()})
    )
    purpose = _choice(_("What it is"), PURPOSES)
    asks = _choice(_("What it asks"), ASKS)
    answer_by = _moment(_("Answers by"), _("Until then an answer can be changed."))
    chase_at = _moment(
        _("Ask again from"), _("Those who have not answered are asked another way, and then rung.")
    )
    is_safety = _tick(
        _("About safety: closure, transport"), _("It never waits for anybody’s daily summary.")
    )
    by_text = _tick(
        _("Also by text"),
        _(
            "To those who are not reached by email; about safety to everybody, beside the email. "
            "The office sends."
        ),
    )
    by_letter = _tick(
        _("Also by letter"), _("To those whom nothing else reaches. The office sends.")
    )
    is_urgent = _tick(
        _("Urgent"),
        _("By every way at once, at any hour. It can’t be undone. We ring those we can’t reach."),
    )

    def for_somebody(self, who: Who) -> "Composing":
        """Offer the parts of the school that this person may choose from."""
        groups = Group.objects.filter(school=who.school)
        named = groups.exclude(phase="").order_by("phase").values_list("phase", flat=True)
        phases = self.fields["phases"]
        assert isinstance(phases, forms.MultipleChoiceField)  # the field above
        phases.choices = [(phase, phase) for phase in named.distinct()]
        offer(self, "groups", groups)
        offer(self, "lists", access.lists_for(who))
        offer(self, "children", own_children(who).filter(on_roll(who.at.date())))
        return self

    def words(self) -> Words:
        """What was written, as the verbs take it."""
        names = ("subject", "text", "answer_by", "chase_at")
        ticks = ("is_safety", "by_text", "by_letter", "is_urgent")
        data = self.cleaned_data
        return Words(
            purpose=data["purpose"] or Content.Purpose.SERVICE,
            asks=data["asks"] or Content.Asks.NOTHING,
            **{name: data[name] for name in (*names, *ticks)},
        )

    def audience(self) -> Audience:
        """Whom it is for, as the verbs take it."""
        names = ("whole_school", "phases", "groups", "children", "lists")
        return Audience(**{name: self.cleaned_data[name] for name in names})


def written_in(announcement: Announcement) -> dict[str, Any]:
    """A draft as the form shows it."""
    names = ("subject", "text", "purpose", "asks", "answer_by", "chase_at", "is_safety",
             "by_text", "by_letter", "is_urgent")  # fmt: skip
    parts = list(announcement.parts.select_related("pupil", "pupil_list"))

    def of(kind: str) -> list[AudiencePart]:
        return [part for part in parts if part.kind == kind]

    return {
        **{name: getattr(announcement, name) for name in names},
        "whole_school": bool(of(Part.SCHOOL)),
        "phases": [part.phase for part in of(Part.PHASE)],
        "groups": [part.group_id for part in of(Part.GROUP)],
        "children": [part.pupil.public_id for part in of(Part.CHILD) if part.pupil],
        "lists": [part.pupil_list.public_id for part in of(Part.LIST) if part.pupil_list],
    }


def begun_from(key: str) -> dict[str, Any]:
    """The words of a template, as the form shows them; nothing for a name that is not known."""
    starter = STARTERS.get(key)
    if starter is None:
        return {}
    return {
        "subject": str(starter.subject),
        "text": str(starter.text),
        "is_safety": starter.is_safety,
        "by_text": starter.by_text,
        "asks": starter.asks,
    }


class OtherLanguage(forms.Form):
    """The announcement in another language, in somebody's own words."""

    language = forms.RegexField(
        r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$",
        label=_("Language"),
        help_text=_("By its short name: pl for Polish, ar for Arabic."),
        error_messages={"invalid": _("Please write the short name, such as pl or ar.")},
        max_length=12,
        widget=forms.TextInput(attrs={"class": "field narrow"}),
    )
    subject = forms.CharField(
        label=_("Subject"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"id": "other_subject", **_field()}),
    )
    text = forms.CharField(
        label=_("Message"),
        help_text=_("Empty takes these words away."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "id": "other_text", **_field()}),
    )


class Sending(forms.Form):
    """Now, or at a time of its own."""

    at = _moment(_("Or send it later, at"))


class Deciding(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(choices=(("yes", _("Approve")), ("no", _("Decline"))))
    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("Who asked can read this."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=_field()),
    )


class Correcting(forms.Form):
    """What was wrong, and the whole message as it is right."""

    what_was_wrong = forms.CharField(
        label=_("What was wrong"),
        help_text=_("Families read this first. For example: the day."),
        max_length=300,
        widget=forms.TextInput(attrs=_field()),
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=180, widget=forms.TextInput(attrs=_field())
    )
    text = forms.CharField(
        label=_("The right message"), widget=forms.Textarea(attrs={"rows": 9, **_field()})
    )


class Answering(forms.Form):
    """One press: what, and for which child, or for all of them."""

    says = forms.ChoiceField(choices=[(one, one) for one in ("confirmed", "yes", "no")])
    child = forms.UUIDField(required=False)


class Trying(forms.Form):
    """What came of ringing somebody."""

    outcome = forms.ChoiceField(
        choices=[(one, one) for one in ("spoke", "voicemail", "no answer", "engaged",
                                        "wrong number")]
    )  # fmt: skip
    confirmed = forms.BooleanField(required=False)


class Listing(forms.Form):
    """A list of children, for a trip or a meeting."""

    name = forms.CharField(
        label=_("What the list is for"), max_length=120, widget=forms.TextInput(attrs=_field())
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=(("trip", _("Trip")), ("meeting", _("Meeting")), ("other", _("Something else"))),
        widget=forms.Select(attrs=_field()),
    )
    children = forms.ModelMultipleChoiceField(
        label=_("Children"),
        queryset=Pupil.objects.none(),
        to_field_name="public_id",
        widget=_boxes(),
    )
