"""Plain words in the forms in which programs wrap them: flowed (RFC 3676), enriched (RFC 1896)."""

import re

_ENRICHED = re.compile(r"(?<!<)<(?!<)/?([A-Za-z0-9-]{1,60})>")
_PARAM = re.compile(r"<param>[^<]{0,200}</param>", re.IGNORECASE)
MOST_LINES = 50_000


def unflowed(text: str, *, delete_space: bool) -> str:
    """Paragraphs that were broken for the way, whole again; quoted ones stay quoted."""
    lines: list[str] = []
    flows, deep = False, 0
    for number, line in enumerate(text.split("\n")):
        if number > MOST_LINES:
            return "\n".join([*lines, *text.split("\n")[number:]])
        bare = line.rstrip("\r").lstrip(">")
        depth = len(line.rstrip("\r")) - len(bare)
        bare = bare[1:] if bare.startswith(" ") else bare
        if flows and depth == deep and bare != "-- ":
            lines[-1] = (lines[-1][:-1] if delete_space else lines[-1]) + bare
        else:
            lines.append((">" * depth + " " if depth else "") + bare)
        flows = bare.endswith(" ") and bare != "-- "
        deep = depth
    return "\n".join(lines)


def plain_of_enriched(text: str) -> str:
    """The words of text/enriched: commands away, single line breaks are none."""
    bare = _ENRICHED.sub("", _PARAM.sub("", text.replace("\r\n", "\n"))).replace("<<", "<")
    return re.sub(
        r"\n+", lambda found: " " if len(found[0]) == 1 else found[0][1:], bare.strip("\n")
    )
