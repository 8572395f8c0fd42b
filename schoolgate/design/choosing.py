"""Forms whose choices depend on who asks."""

from typing import Any

from django import forms
from django.db.models import QuerySet


def offer(form: forms.Form, field: str, rows: QuerySet[Any]) -> None:
    """Let a form's choice be among these rows alone; anything else is not a valid choice."""
    choice = form.fields[field]
    assert isinstance(choice, forms.ModelChoiceField)  # only such a field has rows to choose from
    choice.queryset = rows
