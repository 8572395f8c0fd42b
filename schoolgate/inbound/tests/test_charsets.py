"""Letters: whatever a mail claims of its charset, the words are those that were written."""

import pytest

from schoolgate.inbound.mail.charsets import decode, decoded
from schoolgate.inbound.mail.reading import read

WRITTEN = {
    "cp1250": "Dzień dobry, źle się czuje, żółta gorączka. Dziękuję, Łucja",
    "iso-8859-2": "Dzień dobry, źle się czuje, żółta gorączka. Dziękuję, Łucja",
    "utf-8": "Dzień dobry, źle się czuje, żółta gorączka. Dziękuję, Łucja",
    "utf-16": "Dzień dobry, źle się czuje, żółta gorączka. Dziękuję, Łucja",
    "utf-16-be": "Dzień dobry, źle się czuje, żółta gorączka. Dziękuję, Łucja",
    "cp1252": "Bonjour, ma fille a été fiévreuse, elle reste à la maison.",
    "cp1251": "Добрый день, прошу отпустить сына с уроков. Спасибо",
    "koi8-r": "Добрый день, прошу отпустить сына с уроков. Спасибо",
    "cp1253": "Καλημέρα, η κόρη μου είναι άρρωστη σήμερα",
    "cp1256": "السلام عليكم، ابنتي مريضة اليوم ولن تحضر إلى المدرسة. شكرا",
    "gb18030": "老师您好，我的孩子今天生病了，不能来上学。谢谢",
    "big5": "老師您好，我的孩子今天生病了，不能來上學。謝謝",
    "cp932": "こんにちは、今日は子供が病気で学校を休みます。",
    "euc-jp": "こんにちは、今日は子供が病気で学校を休みます。",
    "cp949": "안녕하세요 오늘 아이가 아파서 학교에 못 갑니다. 감사합니다.",
}
CLAIMS = [None, "us-ascii", "x-unknown", "iso-8859-1", "utf-8", "windows-1252"]
ROMANIAN = "Bună ziua, fiica mea este bolnavă şi nu poate veni la şcoală. Mulţumesc"
ARABIC = WRITTEN["cp1256"]


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("real", WRITTEN)
def test_a_claim_that_is_missing_or_a_lie_is_seen_through(real: str, claim: str | None) -> None:
    assert decode(WRITTEN[real].encode(real), claim) == WRITTEN[real]


@pytest.mark.parametrize(
    ("claim", "real", "text"),
    [
        ("iso-8859-2", "cp1250", WRITTEN["cp1250"]),
        ("windows-1250", "iso-8859-2", WRITTEN["cp1250"]),
        ("gb2312", "gb18030", WRITTEN["gb18030"] + "鎔"),
        ("gb2312", "utf-8", WRITTEN["gb18030"]),
        ("big5", "gb18030", WRITTEN["gb18030"]),
        ("iso-8859-6", "cp1256", ARABIC),
        ("shift_jis", "cp932", WRITTEN["cp932"] + "①"),
        ("iso-2022-jp", "iso-2022-jp", WRITTEN["cp932"]),
        ("us-ascii", "iso-2022-jp", WRITTEN["cp932"]),
        ("utf-7", "utf-7", WRITTEN["cp1250"]),
        ("utf-16", "utf-8", WRITTEN["cp1250"]),
        ("utf-16le", "utf-16-le", WRITTEN["cp1250"]),
        ("windows-1250", "cp1250", ROMANIAN),
        ("iso-8859-16", "iso-8859-16", "Bună ziua, școală și mulțumesc"),
        ("iso-8859-14", "iso-8859-14", "Mae'r tŷ a'r dŵr"),
        ("'utf-8'", "utf-8", ARABIC),
        ("UTF8", "utf-8", ARABIC),
        ("charset=utf-8", "utf-8", ARABIC),
    ],
)
def test_a_near_miss_is_read_as_it_was_meant(claim: str, real: str, text: str) -> None:
    assert decode(text.encode(real), claim) == text


def test_what_was_coded_twice_is_undone() -> None:
    text = WRITTEN["cp1252"]
    assert decode(text.encode().decode("latin-1").encode(), "utf-8") == text


def test_a_lost_byte_spoils_one_letter_only() -> None:
    content = WRITTEN["utf-8"].encode()
    assert decode(content[:-40] + b"\xff" + content[-40:], "utf-8").count("\ufffd") == 1


def test_halves_of_an_emoji_are_one_emoji() -> None:
    assert decode("Źle 😀 źle".encode("utf-16", "surrogatepass").decode("utf-16").encode(), None)
    assert decode("się \ud83d\ude00".encode("utf-8", "surrogatepass"), "utf-8") == "się 😀"


def test_japanese_with_a_broken_escape_keeps_the_rest() -> None:
    content = WRITTEN["cp932"].encode("iso-2022-jp")[:-8] + b"\x1b\x1b$"
    assert decode(content, "iso-2022-jp").startswith("こんにちは、今日は")


@pytest.mark.parametrize(
    "claim", ["idna", "punycode", "unicode_escape", "zlib", "rot13", "\0" * 99]
)
def test_a_codec_that_is_no_charset_is_not_believed(claim: str) -> None:
    assert decode(b"plain words", claim) == "plain words"


def test_a_guess_against_a_claim_is_told() -> None:
    assert decoded(WRITTEN["cp1251"].encode("cp1251"), "utf-8")[1]
    assert not decoded(WRITTEN["utf-8"].encode(), "utf-8")[1]
    assert not decoded(WRITTEN["utf-8"].encode(), None)[1]


def test_a_header_without_a_charset_is_in_that_of_the_words() -> None:
    head = "From: rania@example.org\r\nSubject: رد: موعد\r\nMessage-ID: <d@x>\r\n"
    kind = "Content-Type: text/plain; charset=windows-1256\r\n\r\n"
    assert read((head + kind + "نعم").encode("cp1256")).subject == "رد: موعد"
