"""Reads `v=DMARC1; p=none`, the way DKIM and DMARC write their records."""


def tags_of(text: str) -> dict[str, str]:
    """The tags of a record, small names to values without spaces; what is no tag is left out."""
    pairs = [part.partition("=") for part in text.split(";") if "=" in part]
    return {name.strip().lower(): "".join(value.split()) for name, _equals, value in pairs}
