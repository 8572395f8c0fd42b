"""The one field in which somebody says why another child has to be named (decision 17)."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 300


class NamesOthers(forms.Form):
    """A form whose words go to a family: it takes the reason, which is asked for when needed."""

    named_because = forms.CharField(
        label=_("Why another child has to be named"),
        help_text=_("Only if we ask you for it."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "field"}),
    )
