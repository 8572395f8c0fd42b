"""Pictures without place, device or time, turned upright, never larger than is useful; pure.

What a telephone wrote into a picture stays out of it (threat T9). Memory is bounded: a JPEG is
decoded at the size that is kept, and any other kind only up to a size.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from schoolgate.conversations.files.sniffing import HEIF

register_heif_opener()

LONGEST_SIDE = 4096  # points; a page of text stays readable in it
MOST_POINTS = 24_000_000  # of what can't be decoded smaller than it is
THUMBNAIL = 320  # points
_FORMATS = {
    "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF", HEIF: "JPEG"
}  # fmt: skip


class CannotBeRead(Exception):
    """This picture could not be read safely."""


def made_safe(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The picture anew, and its type, since browsers show no HEIF. Raises CannotBeRead."""
    kind = _FORMATS[media_type]
    try:
        with Image.open(io.BytesIO(content)) as picture:
            upright = _upright(picture, LONGEST_SIDE)
            return _written(upright, kind), "image/jpeg" if media_type == HEIF else media_type
    except _FAILURES as failure:
        raise CannotBeRead from failure


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a picture that was made safe. Raises CannotBeRead."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            small = _upright(picture, THUMBNAIL)
            if small.mode != "RGB":
                paper = Image.new("RGB", small.size, "white")
                paper.paste(small.convert("RGBA"), mask=small.convert("RGBA").getchannel("A"))
                small = paper
            return _written(small, "JPEG")
    except _FAILURES as failure:
        raise CannotBeRead from failure


_FAILURES = (
    OSError,
    UnidentifiedImageError,
    ValueError,
    SyntaxError,
    MemoryError,
    Image.DecompressionBombError,
)


def _upright(picture: Image.Image, longest: int) -> Image.Image:
    width, height = picture.size
    # A JPEG can be decoded at a half, a quarter or an eighth of its size.
    part = next((one for one in (1, 2, 4) if max(width, height) <= longest * one), 8)
    picture.draft("RGB", (width // part, height // part))
    if picture.size[0] * picture.size[1] > MOST_POINTS:
        raise ValueError("It has too many points.")
    turned = ImageOps.exif_transpose(picture)
    if max(turned.size) > longest:
        turned.thumbnail((longest, longest))
    return turned


def _written(picture: Image.Image, kind: str) -> bytes:
    """Nothing of what the picture carried beside its points is written."""
    picture.info = {}
    if kind == "JPEG" and picture.mode not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    target = io.BytesIO()
    picture.save(target, kind, quality=88)
    return target.getvalue()
