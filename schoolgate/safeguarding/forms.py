"""What people write down about a worry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.people.models import Pupil, TeamMember


class Worry(forms.Form):
    """A worry in one's own words; everything else is optional."""

    words = forms.CharField(
        label=_("What worries you"),
        help_text=_("In your own words. It need not be certain."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "field"}),
    )
    pupil = forms.ModelChoiceField(
        label=_("Which child"),
        queryset=Pupil.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("I say it in my words"),
        widget=forms.Select(attrs={"class": "field"}),
    )
    about_adult = forms.BooleanField(label=_("It is about an adult who works here"), required=False)
    about_member = forms.ModelChoiceField(
        label=_("That adult is"),
        queryset=TeamMember.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Somebody else, or I do not know the name"),
        widget=forms.Select(attrs={"class": "field"}),
    )


class More(forms.Form):
    """A few more words."""

    words = forms.CharField(
        label=_("What you want to add"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "field"}),
    )
