"""Links of HTML mail: a person sees where each really leads."""

import pytest

from schoolgate.inbound.mail.html_text import text_of
from schoolgate.inbound.mail.links import suffix_of


@pytest.mark.parametrize(
    ("address", "words", "suffix"),
    [
        ("https://school.example/trip", "the trip", " (https://school.example/trip)"),
        ("https://school.example/trip", "https://school.example/trip", ""),
        ("https://www.school.example/", "school.example", ""),
        ("https://evil.example/", "www.bank.example", " (→ evil.example: https://evil.example/)"),
        ("https://evil.example/", "notevil.example", " (→ evil.example: https://evil.example/)"),
        ("https://bank.example@evil.example/", "bank.example",
         " (→ evil.example: https://evil.example/)"),
        ("https://evil.example/", "https://bank.example@evil.example/",
         " (→ evil.example: https://evil.example/)"),
        ("https://bank.example.evil.example/", "bank.example",
         " (→ bank.example.evil.example: https://bank.example.evil.example/)"),
        ("https://b\u0430nk.example/", "bank.example",
         " (→ xn--bnk-6cd.example: https://xn--bnk-6cd.example/)"),
        ("https://evil.example/", "bank\u202e.example", " (→ evil.example: https://evil.example/)"),
        ("https:\\\\evil.example\\x", "bank.example", " (→ evil.example: https://evil.example/x)"),
        ("//evil.example/x", "look", " (https://evil.example/x)"),
        ("ht\ntps://ev\til.example/", "look", " (https://evil.example/)"),
        ("mailto:office@school.example?subject=x", "the office", " (office@school.example)"),
        ("mailto:office@school.example", "office@school.example", ""),
        ("tel:+447700900123", "07700 900123", ""),
        ("javascript:alert(1)", "look", ""),
        ("https://[broken", "look", ""),
        ("/relative", "look", ""),
    ],
)  # fmt: skip
def test_beside_a_link_stands_where_it_leads(address: str, words: str, suffix: str) -> None:
    assert suffix_of(address, words) == suffix


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:alert(1)'>look</a>",
        "<a href='java\nscript:alert(1)'>look</a>",
        "<a href='data:text/html,x'>look</a>",
        "<a href='vbscript:x' onclick='x()'>look</a>",
        "<a>look</a>",
        "look<script>alert(1)</script><style>p{background:url(https://spy.example)}</style>",
        "look<iframe src='https://spy.example'></iframe><object data='https://spy.example'></object>",
        "<p style=\"background:url('https://spy.example')\">look</p><img src='https://spy.example/1'>",
        "<!--[if mso]>hidden<![endif]-->look",
    ],
)
def test_nothing_is_left_of_what_acts_or_loads(html: str) -> None:
    assert text_of(html) == "look"
