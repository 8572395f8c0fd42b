"""Bytes as text, whatever they claim to be; pure.

A claim is believed where it can be true. Where it is missing, unknown or impossible, every alphabet
of our families is tried, and the one whose text looks most like writing is taken.
"""

import codecs
import re

SAMPLE = 4_000  # bytes by which a charset is guessed
# Codecs that are no charsets of mail.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
# What programs write, and the wider charset that holds all of it.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "hz_gb_2312": "hz", "x_gbk": "gb18030",
    "big5": "big5hkscs", "x_big5": "big5hkscs", "cn_big5": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "x_sjis": "cp932", "sjis": "cp932", "euc_kr": "cp949",
    "ks_c_5601_1987": "cp949", "iso_8859_1": "cp1252", "latin_1": "cp1252", "ascii": "cp1252",
    "iso8859_1": "cp1252", "iso8859_9": "cp1254", "iso8859_11": "cp874", "tis_620": "cp874",
    "unicode_1_1_utf_8": "utf_8", "utf8mb4": "utf_8", "x_mac_roman": "mac_roman",
    "macintosh": "mac_roman", "unicode_1_1_utf_7": "utf_7", "iso_8859_8_i": "iso8859_8",
    "iso_8859_8_e": "iso8859_8", "iso_8859_6_i": "iso8859_6", "x_cp1250": "cp1250",
    "x_cp1251": "cp1251", "windows_31j": "cp932", "iso_2022_jp": "iso2022_jp_ext",
    "iso2022_jp": "iso2022_jp_ext", "iso2022_jp_1": "iso2022_jp_ext",
    "iso2022_jp_2": "iso2022_jp_2", "iso_2022_cn": "hz",
}  # fmt: skip
# The letters that writing in a charset is made of; more than one language may share one.
_MARKS = "„”“‘’–—…«»§°€£"
_LETTERS = {
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîşţĂÂÎŞŢáéíúýčďěňřšťůžőűÁÉÍÚÝČŠŽäöüßÄÖÜ" + _MARKS,
    "iso8859_2": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîşţĂÂÎŞŢáéíúýčďěňřšťůžőűÁÉÍÚÝČŠŽäöüßÄÖÜ",
    "cp1252": "éèêëàâäçîïôöùûüñáíóúãõœæøåìòÉÈÀÂÇÎÔÑßÄÖÜÁÍÓÚ¿¡" + _MARKS,
    "cp1254": "çğıöşüÇĞİÖŞÜ",
    "cp850": "éèêëàâäçîïôöùûüñáíóúãõÉÀÇÑßÄÖÜÁÍÓÚ¿¡ºª",
    "cp852": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "mac_roman": "éèêëàâäçîïôöùûüñáíóúãõœæøåÉÀÇÑßÄÖÜ" + _MARKS,
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґё" + _MARKS,
    "koi8_r": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ",
    "cp1255": "אבגדהוזחטיכלמנסעפצקרשתםןףץך",
    "cp1256": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤأإآپچژگکںھہے،؛؟ًٌٍَُِّْـ",
    "iso8859_6": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤأإآ،؛؟ًٌٍَُِّْ",
}
_SINGLE = {name: frozenset(letters + letters.upper()) for name, letters in _LETTERS.items()}
# Rare in writing, and what a wrong charset is full of.
_ODD = frozenset("¤¦©¬®¯±²³´¶·¸¹¼½¾×÷‰Š‹›ƒ†‡•™˜˝˛ˇ˘˙ÿþðýÞÐ\xad\xa0")
_UTF8_RUN = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_FOREIGN_WORD = re.compile(rb"[^\s\x80-\xff]{0,30}[\x80-\xff][^\s]{0,60}")
MOST_WORDS = 100  # by which a charset is guessed
# Written with few letters beyond ASCII: five in a row are another alphabet.
_LATIN = frozenset({"cp1250", "iso8859_2", "cp1252", "cp1254", "cp850", "cp852", "mac_roman"})
# What ą, ś and Ź of ISO 8859-2 look like in Windows' charset.
_ISO_IN_WINDOWS = re.compile(r"[^\W\d][±¶¦¬]|[±¶¦¬][^\W\d]")
_MOJIBAKE = re.compile(r"[ÂÃÄÅÐÑØÙ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ðŸ")
_JAPANESE = re.compile(rb"\x1b(?:\$[@B]|\([BJ]|\$\([DQ])")


def decode(content: bytes, charset: str | None) -> str:
    """Bytes as text; at worst Windows-1252, in which every byte is something."""
    return decoded(content, charset)[0]


def decoded(content: bytes, charset: str | None) -> tuple[str, bool]:
    """Bytes as text, and whether their charset had to be guessed against what they claimed."""
    marked = _by_mark(content)
    if marked is not None:
        return marked, False
    name = known(charset)
    if content.isascii():
        return _of_ascii(content, name)
    text = _strict(content, "utf_8")
    if text is not None and (not _is_wide(name) or len(_UTF8_RUN.findall(content[:SAMPLE])) > 4):
        return _unmixed(text), bool(name) and name not in {"utf_8", "cp1252"}
    if name and name not in {"utf_8", "utf_7"}:
        text = _strict(content, name)
        if text is not None and not _is_suspect(text, name):
            return text, False
    return _guessed(content, name)


def known(charset: str | None) -> str:
    """The codec for a charset's name, or one that holds all of it; empty for none."""
    plain = re.sub(r"[^a-z0-9]+", "_", (charset or "").lower()).strip("_")
    plain = re.sub(r"^(charset|cs)_?", "", plain)
    if not plain or len(plain) > 40:
        return ""
    try:
        found = codecs.lookup(_WIDER.get(plain, plain))
    except (LookupError, ValueError):
        return ""
    name = found.name.replace("-", "_")
    is_text = getattr(found, "_is_text_encoding", True)
    return "" if name in _NOT_CHARSETS or not is_text else _WIDER.get(name, name)


def _by_mark(content: bytes) -> str | None:
    """Text that says by its first bytes, or by its zeros, what it is."""
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content[3:], "utf_8")
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return content.decode("utf_32", "replace")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf_16", "replace")
    start = content[:SAMPLE]
    if len(start) < 4 or start.count(0) < len(start) * 0.2:
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd) + 2:
        return None
    return content.decode("utf_16_be" if even > odd else "utf_16_le", "replace")


def _of_ascii(content: bytes, name: str) -> tuple[str, bool]:
    """Seven bits: plain, or one of the charsets that hide more in them."""
    if b"\x1b" in content and _JAPANESE.search(content):
        return content.decode("iso2022_jp_ext", "replace"), not name.startswith("iso2022")
    if name.startswith(("utf_16", "utf_32")):
        return content.decode("ascii"), True
    if name == "utf_7":
        return paired(content.decode(name, "replace")), False
    if name == "hz" or name.startswith("cp037"):
        return content.decode(name, "replace"), False
    return content.decode("ascii"), False


def paired(text: str) -> str:
    """Halves of letters put together; those that lost their other half are marked."""
    return text.encode("utf_16", "surrogatepass").decode("utf_16", "replace")


def _is_wide(name: str) -> bool:
    return name.startswith(("gb", "big5", "cp93", "cp94", "euc", "shift", "johab"))


def _strict(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeError, ValueError):
        return None


def _unmixed(text: str) -> str:
    """UTF-8 that was taken for Latin-1 and coded once more, undone where all of it was."""
    if len(_MOJIBAKE.findall(text[:SAMPLE])) < 2:
        return text
    for name in ("cp1252", "latin_1"):
        try:
            return text.encode(name).decode("utf_8")
        except UnicodeError:
            continue
    return text


def _is_suspect(text: str, name: str) -> bool:
    """Whether a claim that can be true is likely not: more odd signs than letters."""
    if name.startswith("utf") or name not in _SINGLE and not _is_wide(name):
        return False
    foreign = [c for c in text[:SAMPLE] if not c.isascii()]
    if any("\x80" <= c <= "\x9f" for c in foreign) or _ISO_IN_WINDOWS.search(text[:SAMPLE]):
        return True
    if _is_wide(name):
        return _seldom(foreign[:200], name)
    return _oddness(text[:SAMPLE], name) > len(foreign) * 0.2


def _seldom(characters: list[str], name: str) -> bool:
    """Whether most characters of a wide charset are rare ones."""
    score = _WIDE_SCORES.get(name)
    if score is None or len(characters) < 6 or _is_one_alphabet(characters):
        return False
    return sum(score(c.encode(name, "ignore")) for c in characters) < len(characters) * 0.2


def _is_one_alphabet(characters: list[str]) -> bool:
    """Whether the letters are of one alphabet: nonsense is not, and wide sets hold several."""
    letters = [c for c in characters if c.isalpha()]
    kinds = {next((n for n, (a, z) in enumerate(_ALPHABETS) if a <= c <= z), -1) for c in letters}
    return len(letters) >= 6 and len(kinds) == 1 and -1 not in kinds


def _oddness(text: str, name: str) -> int:
    """Signs that writing has none of: unknown letters, capitals and signs within words."""
    odd, run = 0, 0
    usual = _SINGLE.get(name, frozenset())
    before = " "
    for c in text:
        if c.isascii():
            run = 0
        else:
            run = run + 1 if c.isalpha() else 0
            capital = c.isupper() and before.islower()
            sign = not c.isalpha() and before.isalpha() and c not in "”’…»–—،؟؛"
            ordinal = c in "ºª" and before.isdecimal()
            strange = (c in _ODD or c not in usual) and not ordinal
            odd += strange or capital or sign or (run > 4 and name in _LATIN)
        before = c
    return odd


def _guessed(content: bytes, claimed: str) -> tuple[str, bool]:
    broken = _broken_utf8(content)
    if broken is not None:
        return broken, True
    name = guess(content) or (claimed if claimed not in {"", "utf_8", "utf_7"} else "cp1252")
    return content.decode(name, "replace"), name != "cp1252" and name != claimed


def _broken_utf8(content: bytes) -> str | None:
    """UTF-8 in which some bytes were lost or cut, or emoji written as two halves."""
    start = content[:SAMPLE]
    good = sum(map(len, _UTF8_RUN.findall(start)))
    if good < 3 * sum(byte > 127 for byte in _UTF8_RUN.sub(b"", start)) + 2:
        return None
    if b"\xed" in content:
        try:
            halves = content.decode("utf_8", "surrogatepass")
        except UnicodeError:
            return content.decode("utf_8", "replace")
        return paired(halves)
    return content.decode("utf_8", "replace")


def guess(content: bytes) -> str:
    """The charset in which the bytes look most like writing; empty when none does."""
    start = b" ".join(_FOREIGN_WORD.findall(content[:SAMPLE])[:MOST_WORDS])
    foreign = sum(byte > 127 for byte in start)
    if not foreign:
        return ""
    scores = {name: _score(start, name, foreign) for name in _SINGLE}
    scores |= {name: _wide_score(start, name, foreign) for name in _WIDE_SCORES}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0.5 else ""


def _score(content: bytes, name: str, foreign: int) -> float:
    text = content.decode(name, "replace")
    letters = sum(not c.isascii() and c in _SINGLE[name] for c in text)
    score = (letters - 2 * _oddness(text, name)) / foreign
    if name in {"cp1251", "koi8_r"}:
        # No Cyrillic is written without these.
        return score - (0.4 if sum(c in "оеаиі" for c in text) < letters * 0.15 else 0.0)
    # Windows' charsets are far more often used than the others.
    if name == "cp1252":
        return score + 0.04
    return score - (0 if name.startswith("cp12") else 0.02) - (0.05 if "85" in name else 0)


def _wide_score(content: bytes, name: str, foreign: int) -> float:
    """How many of the pairs of bytes are frequent characters."""
    text = content.decode(name, "ignore")
    lost = foreign - sum(len(c.encode(name, "ignore")) for c in text if not c.isascii())
    wide = [c for c in text if not c.isascii()]
    if not wide or lost > foreign * 0.1:
        return -1.0
    pairs = [c.encode(name, "ignore") for c in wide]
    score = sum(map(_WIDE_SCORES[name], pairs)) / len(wide)
    # Chinese has as many characters beyond C8 as before it.
    return score + 0.1 if name == "cp949" and len(wide) > 5 else score


def _gb(pair: bytes) -> float:
    if len(pair) != 2:
        return -0.5
    return 1.0 if pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or pair[0] in {0xA1, 0xA3}) else -1.0


def _big5(pair: bytes) -> float:
    if len(pair) != 2:
        return -0.5
    return 1.0 if 0xA4 <= pair[0] <= 0xC6 or pair[0] in {0xA1, 0xA2} else -1.0


def _sjis(pair: bytes) -> float:
    if len(pair) != 2:
        return -0.7  # half-width katakana
    return 1.2 if pair[0] in {0x82, 0x83, 0x81} else 0.5 if 0x88 <= pair[0] <= 0x97 else -1.0


def _eucjp(pair: bytes) -> float:
    kana = pair[0] in {0xA4, 0xA5}
    return 1.3 if kana else 0.8 if pair[0] == 0xA1 else 0.5 if 0xB0 <= pair[0] <= 0xCF else -0.2


def _korean(pair: bytes) -> float:
    return 1.0 if len(pair) == 2 and 0xB0 <= pair[0] <= 0xC8 and pair[1] >= 0xA1 else -1.5


# Cyrillic, Greek, Armenian, Arabic and Hebrew.
_ALPHABETS = (("Ѐ", "ӿ"), ("Ͱ", "Ͽ"), ("Ա", "֏"), ("،", "ۿ"), ("א", "״"))
_WIDE_SCORES = {
    "gb18030": _gb, "big5hkscs": _big5, "cp932": _sjis, "euc_jp": _eucjp, "cp949": _korean,
}  # fmt: skip
