"""Searching the stage's rows for words that may stand nowhere."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from schoolgate.delivery.models import Parcel
from schoolgate.drill.stage import CLASS, Stage

# What people are sent and shown, and what is kept of what was done.
ROOMS = ("conversations", "delivery", "today", "inbound", "incidents", "ledger", "escalation")


def stands_in(stage: Stage, words: str, rooms: tuple[str, ...] = ROOMS) -> list[str]:
    """The tables in which words stand, by name."""
    return [
        str(model._meta.verbose_name_plural)
        for room in rooms
        for model in apps.get_app_config(room).get_models()
        if any(words in text for text in _texts(model, stage))
    ]


def class_told(stage: Stage) -> list[str]:
    """Where the child's class stands in what left the school, or in the ledger's words."""
    parcels = Parcel.objects.filter(school=stage.school).select_related("content")
    told = [
        one.content.subject
        for one in parcels
        if CLASS in f"{one.content.subject}\n{one.content.text}"
    ]
    return [*dict.fromkeys(told), *stands_in(stage, CLASS, ("ledger",))]


def _texts(model: Any, stage: Stage) -> Iterator[str]:
    """Every text and every value of the model's rows of this stage."""
    fields = model._meta.concrete_fields
    # The ledger bears the school as a plain id, with no key (DOMAIN, floor 0).
    school = next((one.attname for one in fields if one.attname == "school_id"), None)
    names = [one.name for one in fields if isinstance(one, CharField | TextField | JSONField)]
    if school is None or not names:
        return
    for row in model.objects.filter(**{school: stage.school.pk}).values_list(*names):
        yield from map(str, row)
