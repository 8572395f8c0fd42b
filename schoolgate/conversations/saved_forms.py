"""Words to keep for answers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Saving(forms.Form):
    """A name to find it by, and words with slots."""

    name = forms.CharField(
        label=_("Find it by"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    words = forms.CharField(
        label=_("Words"),
        help_text=_("{name} becomes the adult’s name, {child} the child’s. You read it through."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "field"}),
    )
    for_all = forms.BooleanField(label=_("For everybody at the school"), required=False)
