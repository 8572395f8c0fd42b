"""The key by which lists sort as people read, and by which a name is found (see `0015_sort_keys`).

The database keeps it beside each name; what is asked is made into the same key.
"""

from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat


class SortKey(Func):
    """The key of some words."""

    function = "people_sort_key"
    output_field = models.TextField()


def sort_key(*fields: str) -> "models.GeneratedField":
    """A stored key of one field, or of several with spaces between them."""
    words: Any = F(fields[0])
    for name in fields[1:]:
        words = Concat(words, Value(" "), F(name))
    return models.GeneratedField(
        db_persist=True,
        expression=Func(words, function="people_sort_key"),
        output_field=models.TextField(),
    )


def named(asked: str, field: str = "sorted_by") -> Q:
    """That a name holds every word that is asked, in any order, with or without its accents."""
    found = Q()
    for word in asked.replace("-", " ").split():
        found &= Q(**{f"{field}__contains": SortKey(Value(word))})
    return found
