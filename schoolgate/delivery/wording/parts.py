"""What the words of every channel are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A content as words are made of it; `answer` and `phrase` may be slots."""

    school: str
    phone: str
    subject: str
    text: str
    page: str
    hidden: bool  # no more may be said than that there is a message
    asks: str = ""
    answer: str = ""
    phrase: str = ""
    can_reply: bool = False
    is_code: bool = False  # a code or its link, to somebody who has just asked for it
