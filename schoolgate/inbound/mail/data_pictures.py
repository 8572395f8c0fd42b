"""Pictures that stand in the HTML itself, as `data:`: they are files like any other; pure."""

import binascii
import re
from urllib.parse import unquote_to_bytes

from schoolgate.inbound.mail.naming import made_up

MOST = 50  # pictures of one part
_DATA = re.compile(
    rb"data:([\w/.+-]{0,100})((?:;[\w=.+-]{1,60}){0,4}),([A-Za-z0-9+/=_%.~!*()\s-]*)",
    re.IGNORECASE,
)
# A picture's tag up to its source; the words for it stay.
_IMAGE = re.compile(rb"<img\b[^>]{0,1000}?\bsrc\s{0,9}=\s{0,9}[\"']?\s{0,9}$", re.IGNORECASE)
_BEFORE = 1_200  # bytes in which the beginning of its tag is looked for


def taken_out(html: bytes) -> tuple[bytes, list[tuple[str, str, bytes]]]:
    """HTML with a name in the place of each picture, and the pictures: name, type, bytes."""
    if b"data:" not in html and b"DATA:" not in html:
        return html, []
    files: list[tuple[str, str, bytes]] = []
    pieces: list[bytes] = []
    end = 0
    for found in _DATA.finditer(html):
        start = found.start()
        if len(files) >= MOST or not _IMAGE.search(html[max(end, start - _BEFORE) : start]):
            continue
        content = _content(found[2], found[3])
        if not content:
            continue
        kind = found[1].decode("ascii").lower() or "application/octet-stream"
        known = next((name for name, _, other in files if other == content), "")
        name = known or f"picture {len(files) + 1}.{made_up(kind).rpartition('.')[2]}"
        if not known:
            files.append((name, kind, content))
        # Its name is shown where it stood, unless the mail has words for it there.
        mark = html[start - 1 : start] if html[start - 1 : start] in {b'"', b"'"} else b""
        shown = mark + b" alt=" + (mark or b'"') + name.encode() + (b"" if mark else b'"')
        pieces += [html[end:start], b"#", shown]
        end = found.end()
    return b"".join([*pieces, html[end:]]), files


def _content(options: bytes, data: bytes) -> bytes:
    if b"base64" not in options.lower():
        return unquote_to_bytes(data.strip())
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", unquote_to_bytes(data))
    plain = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    try:
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""
