"""Bytes from outside, handed to a browser so that it opens nothing of them by itself."""

from urllib.parse import quote

from django.http import HttpResponse


def as_it_came(content: bytes, name: str) -> HttpResponse:
    """Always a download, of no type that a browser would run (threat T9)."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
