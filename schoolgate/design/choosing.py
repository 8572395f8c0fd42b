"""Forms whose choices depend on who asks."""

from collections import Counter
from typing import Any

from django import forms
from django.db.models import QuerySet


def offer(form: forms.Form, field: str, rows: QuerySet[Any]) -> None:
    """Let a form's choice be among these rows alone; anything else is not a valid choice.

    Where two of them are called the same, each is told apart by what its row says of it.
    """
    choice = form.fields[field]
    assert isinstance(choice, forms.ModelChoiceField)  # only such a field has rows to choose from
    choice.queryset = rows
    seen = Counter(map(str, rows)) if hasattr(rows.model, "told_apart") else Counter[str]()
    namesakes = {name for name, often in seen.items() if often > 1}
    if namesakes:
        usual = choice.label_from_instance

        def label(one: Any) -> str:
            return one.told_apart if str(one) in namesakes else usual(one)

        choice.label_from_instance = label  # type: ignore[method-assign,assignment]  # of one form
