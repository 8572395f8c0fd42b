"""What people write in a conversation."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from schoolgate.conversations.actions.attaching import MEGABYTE, Upload
from schoolgate.conversations.actions.urgent import Why, Written
from schoolgate.conversations.models import Conversation, Message, Urgent
from schoolgate.design.dates import DayField, DayInput
from schoolgate.design.other_child import NamesOthers
from schoolgate.design.pressing import Pressed
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.worries.finding import first

WHY_NOT_RUNG = (
    ("", _("Please choose")),
    (Urgent.Because.NOT_TO_BE_RUNG.value, _("They are not to be rung")),
    (Urgent.Because.NO_NUMBER.value, _("We have no number")),
    (Urgent.Because.RANG_ELSEWHERE.value, _("I rang; it is written down elsewhere")),
    (Urgent.Because.OTHER.value, _("Another reason")),
)


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files, each with its name."""

    widget = ManyFiles(attrs={"class": "field"})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Every file that was chosen; none is fine."""
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(Files, self).clean(one, initial) for one in chosen if one]


class ShowsRoutesFirst(forms.Form):
    """What a family writes: words of danger show the routes that work before it goes (T6)."""

    read_for_danger: tuple[str, ...] = ("subject", "body")  # in these fields
    routes_seen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def speaks_of_danger(self) -> bool:
        """Whether the words of a valid form may be about somebody's safety."""
        written = [self.cleaned_data.get(field) or "" for field in self.read_for_danger]
        return first("\n\n".join(written))

    def shows_routes_first(self) -> bool:
        """Whether the page comes back once with the routes that work now (threat T6).

        Not where files were chosen: a page that comes back can't keep those, and a photo of an
        injury must not be lost. Then the routes stand after sending.
        """
        seen = self.cleaned_data["routes_seen"] or self.cleaned_data.get("added")
        return not seen and self.speaks_of_danger()


class Writing(ShowsRoutesFirst):
    """Some words, perhaps files; `once` makes a second press of the same button harmless."""

    body = forms.CharField(
        label=_("Your message"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "field"}),
    )
    added = Files(label=_("Add a photo or file"), required=False)
    once = forms.UUIDField(widget=Pressed, initial=uuid.uuid4)

    def uploads(self) -> list[Upload]:
        """The files as the verbs take them; one over the limit is refused without reading it."""
        return [upload_of(file) for file in self.cleaned_data.get("added") or []]


def upload_of(file: "UploadedFile[bytes]") -> Upload:
    """A file as the verbs take it; of one over the limit only how large it is."""
    size = file.size or 0
    too_large = size > settings.ATTACHMENT_LIMIT_MB * MEGABYTE
    return Upload(name=file.name or "", content=b"" if too_large else file.read(), told_size=size)


class FirstWriting(Writing):
    """A new conversation: a child only where there are several, a subject if wanted."""

    pupil = forms.ModelChoiceField(
        label=_("About"),
        queryset=Pupil.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Not about one child"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    subject = forms.CharField(
        label=_("In a few words"),
        help_text=_("Only if you like."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    field_order = ["pupil", "subject", "body", "added"]


class Complaining(FirstWriting):
    """A complaint: whoever it is about, if it is about somebody here, does not read it."""

    about = forms.ModelChoiceField(
        label=_("Is it about somebody who works here?"),
        queryset=TeamMember.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("No, or I would rather not say"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    about_office = forms.BooleanField(label=_("It is about the school office"), required=False)


class Replying(Writing, NamesOthers):
    """A team member's answer; `given` names the words of a leader, where one gives them."""

    given = forms.UUIDField(required=False, widget=forms.HiddenInput)
    file_because = forms.CharField(
        label=_("Why this file may go to this family"),
        help_text=_("Only if we ask you for it."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    urgent = forms.BooleanField(label=_("This is urgent"), required=False)
    urgent_because = forms.ChoiceField(
        label=_("Why you write instead of ringing"),
        choices=WHY_NOT_RUNG,
        required=False,
        widget=forms.Select(attrs={"class": "field"}),
    )
    urgent_words = forms.CharField(
        label=_("Which other reason"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )

    @property
    def asks_why(self) -> bool:
        """Whether it was marked urgent and came back."""
        return self.is_bound and bool(self["urgent"].value())

    def why(self) -> Why:
        """Why it is written and not rung."""
        return Why(self.cleaned_data["urgent_because"], self.cleaned_data["urgent_words"])

    def written(self, body: str) -> Written:
        """As the verb takes it."""
        data = self.cleaned_data
        reasons = {name: data[name] for name in ("named_because", "file_because")}
        return Written(body, self.uploads(), data["once"], **reasons)


class Holding(NamesOthers):
    """Words and the day by which the answer comes."""

    body = forms.CharField(
        label=_("What you tell them now"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "field"}),
    )
    until = DayField(
        label=_("Next news by"),
        help_text=_("By the end of that school day."),
        widget=DayInput(attrs={"type": "date", "class": "field"}),
    )
    once = forms.UUIDField(
        widget=Pressed(attrs={"id": "hold_once"}), initial=uuid.uuid4, required=False
    )
    given = forms.UUIDField(required=False, widget=forms.HiddenInput)


class GivingWords(forms.Form):
    """What a leader lets the owner send."""

    words = forms.CharField(
        label=_("Words for the answer"),
        help_text=_("Whoever has this conversation sends them as they stand."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "field", "id": "given_words"}),
    )


class KeepingText(forms.Form):
    """Why a leader takes a text to themselves."""

    reason = forms.CharField(required=False, max_length=300)


class Noting(forms.Form):
    """A note for the team."""

    body = forms.CharField(
        label=_("Note for the team"), widget=forms.Textarea(attrs={"rows": 3, "class": "field"})
    )


class Closing(NamesOthers):
    """Why a conversation is closed."""

    reason = forms.CharField(
        label=_("Why it is finished"),
        help_text=_("The family can read this."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


class HandingOver(forms.Form):
    """To whom, and what they should know."""

    to = forms.ModelChoiceField(
        label=_("To"),
        queryset=TeamMember.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("The office"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    summary = forms.CharField(
        label=_("What they should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "field"}),
    )


class Separating(NamesOthers):
    """Which messages get a conversation of their own, and what it is about."""

    chosen = forms.MultipleChoiceField(
        label=_("Which messages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    subject = forms.CharField(
        label=_("What it is about"),
        help_text=_("The family can read this."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    pupil = forms.ModelChoiceField(
        label=_("About"),
        queryset=Pupil.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Not about one child"),
        widget=forms.Select(attrs={"class": "field"}),
    )

    def offer(self, messages: list[Message]) -> "Separating":
        """Put the family's messages in."""
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(one.public_id), one) for one in messages
        ]
        return self


class Joining(forms.Form):
    """In which thread of the same matter it goes on."""

    into = forms.ModelChoiceField(
        label=_("Goes on in"),
        queryset=Conversation.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )
