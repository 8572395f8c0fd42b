"""The same sending twice is one, and other words from the same form are another.

A form carries an id of its own, so that a double press, or a browser that sends again when its
connection broke, says nothing twice. But a browser also gives a form back by "Back", with the old
id: what is then written and sent is new, and must not be taken for the first. So what counts is the
form's id together with what was written in it.
"""

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

NOT_WRITTEN = frozenset({"csrfmiddlewaretoken"})


class Pressed(forms.HiddenInput):
    """The hidden id of a form; what it gives is that of the form with what was written in it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The id of this sending, or what was there instead of an id."""
        given = super().value_from_datadict(data, files, name)
        try:
            form = uuid.UUID(str(given))
        except ValueError:
            return given
        return str(uuid.uuid5(form, _written(data, files, name)))


def _written(data: Mapping[str, Any], files: Any, name: str) -> str:
    """A digest of everything in a form but its id and the token of the session."""
    digest = hashlib.sha256()
    for field in sorted(set(data) - NOT_WRITTEN - {name}):
        _add(digest, field, *_all(data, field))
    for field in sorted(files or ()):
        for file in _all(files, field):
            if hasattr(file, "chunks"):
                _add(digest, field, file.name or "", _of_bytes(file))
    return digest.hexdigest()


def _of_bytes(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _all(data: Any, field: str) -> list[Any]:
    return list(data.getlist(field)) if hasattr(data, "getlist") else [data[field]]


def _add(digest: Any, *parts: Any) -> None:
    """With the length of each before it, so that no two forms run into one."""
    for part in parts:
        octets = str(part).encode(errors="surrogatepass")
        digest.update(len(octets).to_bytes(8, "big") + octets)
