"""What is asked of the one who files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.forms import upload_of
from schoolgate.design.dates import MomentField, MomentInput
from schoolgate.inbound.places import Place
from schoolgate.people.models import Carer, Pupil


class Filing(forms.Form):
    """Where it belongs; one of the places that the page offers."""

    place = forms.ChoiceField(label=_("Where it belongs"), widget=forms.RadioSelect)

    def offer(self, places: list[Place], first: str = "") -> "Filing":
        """Put the offered places in, the likeliest chosen."""
        self.fields["place"].choices = [  # type: ignore[attr-defined]  # a choice field
            (place.key, place.words) for place in places
        ]
        self.fields["place"].initial = first
        return self


class SettingAside(forms.Form):
    """Why it is not for us."""

    reason = forms.CharField(
        label=_("Why it is not for us"),
        help_text=_("Kept with it. The sender hears nothing."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


class AddingVoicemail(forms.Form):
    """A voicemail that the office has as a file, or has listened to."""

    carer = forms.ModelChoiceField(
        label=_("Who rang"),
        queryset=Carer.objects.none(),
        to_field_name="public_id",
        widget=forms.Select(attrs={"class": "field"}),
    )
    pupil = forms.ModelChoiceField(
        label=_("About"),
        queryset=Pupil.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Not about one child"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    at = MomentField(
        label=_("When they rang"),
        help_text=_("The family’s time runs from then."),
        widget=MomentInput(attrs={"type": "datetime-local", "class": "field"}),
    )
    recording = forms.FileField(
        label=_("The recording"),
        required=False,
        widget=forms.FileInput(attrs={"class": "field", "accept": "audio/*"}),
    )
    words = forms.CharField(
        label=_("What it says"),
        help_text=_("Your name stands with it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "field"}),
    )

    def upload(self) -> Upload | None:
        """The recording; one over the limit is refused without reading it."""
        file = self.cleaned_data.get("recording")
        return upload_of(file) if file else None
