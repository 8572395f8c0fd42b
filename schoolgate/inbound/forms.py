"""What is asked of the one who files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.inbound.places import Place


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
