"""What programs write before the subject of an answer or of what is passed on; data."""

import re

# en, cy, pl, ro, fr, de, es, pt, it, nl, Scandinavian; counted answers such as Re[2]: too.
ANSWERED = re.compile(
    r"^\s*(re|sv|vs|aw|antw|odp|rép|ris|rif|r|atb|res|回复|回覆|رد|جواب)"
    r"\s*(\[\d+\]|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"^\s*(fw|fwd|wg|tr|pd|rv|i|enc|doorst|trf|yml|转发|轉寄|إعادة توجيه)"
    r"\s*(\[\d+\]|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)
