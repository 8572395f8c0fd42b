"""The addresses in a header are read alike by every Python, and no name becomes an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.inbound.mail.headers import addresses
from schoolgate.inbound.mail.parts import Tree
from schoolgate.inbound.mail.reading import read

TABLE = {
    "h@x.org <h@x.org>": [("", "h@x.org")],
    "<h@x.org>": [("", "h@x.org")],
    "h@x.org": [("", "h@x.org")],
    "h@x.org (Hannah)": [("Hannah", "h@x.org")],
    "Hannah [Mum] <h@x.org>": [("Hannah [Mum]", "h@x.org")],
    "Hannah (Mum, of Leila) <h@x.org>": [("Hannah", "h@x.org")],
    "Hannah O'Neil <h@x.org>": [("Hannah O'Neil", "h@x.org")],
    '"Hale, Hannah" <h@x.org>': [("Hale, Hannah", "h@x.org")],
    "=?utf-8?Q?Hale=2C_Hannah?= <h@x.org>": [("Hale, Hannah", "h@x.org")],
    "=?utf-8?Q?Hale,_Hannah?= <h@x.org>": [("Hale, Hannah", "h@x.org")],
    "Hale, Hannah <h@x.org>": [("Hale, Hannah", "h@x.org")],
    "a@x.org b@x.org": [("", "a@x.org"), ("", "b@x.org")],
    "A <a@x.org> B <b@x.org>": [("A", "a@x.org"), ("B", "b@x.org")],
    "a@x.org; b@x.org": [("", "a@x.org"), ("", "b@x.org")],
    "a@x.org,, b@x.org": [("", "a@x.org"), ("", "b@x.org")],
    "Class 7: a@x.org, B <b@x.org>;": [("", "a@x.org"), ("B", "b@x.org")],
    "undisclosed-recipients:;": [],
    "Hannah <h@x.org": [("Hannah", "h@x.org")],
    "<@a.org,@b.org:h@x.org>": [("", "h@x.org")],
    "<mailto:h@x.org>": [("", "h@x.org")],
    "odd thing @ here, h@x.org": [("", "h@x.org")],
    '"hannah.hale"@x.org': [("", "hannah.hale@x.org")],
    '"a b"@x.org': [],
    '"good@x.org" <evil@y.org>': [("good@x.org", "evil@y.org")],
    "=?utf-8?Q?Hannah_<good@x.org>?= <evil@y.org>": [("Hannah <good@x.org>", "evil@y.org")],
    "good@x.org <evil@y.org>": [("", "good@x.org"), ("", "evil@y.org")],
    "": [],
}


@pytest.mark.parametrize("header", TABLE)
def test_an_address_is_read_as_mail_programs_mean_it(header: str) -> None:
    message = Tree(f"From: {header}\r\nTo: x@y.org\r\n\r\nx".encode()).read()
    assert addresses(message, "From") == TABLE[header]


def test_an_odd_address_among_many_does_not_hide_the_others() -> None:
    to = "odd [thing, " + ", ".join(f"Parent {n} <p{n}@x.org>" for n in range(40))
    assert len(read(f"From: a@b.org\r\nTo: {to}\r\n\r\nx".encode()).to) == 40


@given(st.text(alphabet='ab@.<>(),;:" \\=?[]', max_size=60))
def test_whatever_stands_there_only_addresses_come_out(header: str) -> None:
    message = Tree(f"From: {header}\r\nTo: x@y.org\r\n\r\nx".encode()).read()
    for _name, address in addresses(message, "From"):
        assert address.count("@") == 1
        assert " " not in address
