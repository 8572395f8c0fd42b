"""Whole texts such as STOP: optional news ends or begins by them, and nothing else (PECR); pure.

Only a text that is such a word and no more is meant; within a sentence it is a message. YES is no
word of these, although providers take it for START: it answers far too many questions.
"""

import unicodedata
from enum import StrEnum


class Wish(StrEnum):
    """What somebody asks for by one word."""

    STOP = "stop"
    START = "start"


# What telephone companies know everywhere, then en, cy, pl, ro, fr, de, es, pt, it, nl, ar, ur, zh.
_STOP = (
    "stop, stop all, stopall, unsubscribe, cancel, end, quit, opt out, optout, revoke, stop news, "
    "stopio, peidio, stopp, wypisz, rezygnuję, dezabonare, dezabonează, arrêt, arrêter, arret, "
    "désabonner, abmelden, abbestellen, alto, baja, parar, sair, cancelar, annulla, disiscrivi, "
    "afmelden, stoppen, إيقاف, ايقاف, إلغاء, الغاء, توقف, قف, روکیں, بند کریں, بند, سٹاپ, "
    "退订, 退訂, 停止, 取消"
)
_START = (
    "start, unstop, subscribe, start news, opt in, optin, dechrau, zapisz, abonare, abonează, "
    "débuter, reprendre, anmelden, starten, alta, empezar, iniciar, começar, inizia, iscrivi, "
    "aanmelden, ابدأ, ابدا, اشترك, شروع کریں, شروع, سٹارٹ, 开始, 開始, 订阅, 訂閱"
)


def wish_in(words: str) -> Wish | None:
    """The wish that a whole text is, whatever its case, accents and punctuation."""
    if len(words) > _LONGEST:
        return None
    return _WISHES.get(_bare(words))


def _bare(words: str) -> str:
    """Letters alone, without accents and in one case."""
    apart = unicodedata.normalize("NFKD", words).casefold()
    kept = "".join(one for one in apart if one.isalpha() or one.isspace())
    return " ".join(kept.split())


_LONGEST = 60
_WISHES = {
    **{_bare(word): Wish.START for word in _START.split(",")},
    **{_bare(word): Wish.STOP for word in _STOP.split(",")},
}
