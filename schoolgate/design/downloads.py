"""Bytes from outside, handed to a browser so that it opens nothing of them by itself."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse


def as_it_came(content: bytes, name: str) -> HttpResponse:
    """Always a download, of no type that a browser would run (threat T9)."""
    response = HttpResponse(content, content_type="application/octet-stream")
    return _guarded(response, "attachment", name)


def as_sound(request: HttpRequest, content: bytes, media_type: str, name: str) -> HttpResponse:
    """A recording, in the page; some browsers play nothing unless they may ask for a part of it."""
    found = _PART.fullmatch(request.headers.get("Range", ""))
    start = int(found[1]) if found else 0
    last = min(int(found[2]) if found and found[2] else len(content) - 1, len(content) - 1)
    if found and start > last:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{len(content)}"
        return response
    response = HttpResponse(content[start : last + 1], content_type=media_type)
    if found:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{last}/{len(content)}"
    response["Accept-Ranges"] = "bytes"
    return _guarded(response, "inline", name)


def as_picture(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A picture that we wrote anew, in the page."""
    return _guarded(HttpResponse(content, content_type=media_type), "inline", name)


def _guarded(response: HttpResponse, disposition: str, name: str) -> HttpResponse:
    """Nothing of it runs, and nobody keeps it on the way."""
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


_PART = re.compile(r"bytes=([0-9]{1,10})-([0-9]{0,10})")
