"""A domain whose mail arrives, as its name server tells it."""

import base64
import functools

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from schoolgate.rehearsal.fake_dns import txt

DOMAIN, SELECTOR, SENDS = "medway.example.org", "gate", "192.0.2.25"
KEY_AT = f"{SELECTOR}._domainkey.{DOMAIN}"
Records = dict[tuple[str, str], list[str]]


@functools.cache
def private_key(bits: int = 2048) -> bytes:
    """A key as an administrator makes it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


@functools.cache
def key_record(bits: int = 2048) -> str:
    """The record of a key of so many bits."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def good(**changes: list[str]) -> Records:
    """All records as they should be, some of them changed (spf, dkim, dmarc, mx, ptr)."""
    lines = {
        "spf": [f"v=spf1 ip4:{SENDS} mx -all"],
        "dkim": [key_record()],
        "dmarc": [f"v=DMARC1; p=reject; rua=mailto:reports@{DOMAIN}"],
        "mx": [f"10 mail.{DOMAIN}."],
        "ptr": [f"mail.{DOMAIN}."],
        **changes,
    }
    return {
        (DOMAIN, "TXT"): [txt(one) for one in ["another=record", *lines["spf"]]],
        (KEY_AT, "TXT"): [txt(one) for one in lines["dkim"]],
        (f"_dmarc.{DOMAIN}", "TXT"): [txt(one) for one in lines["dmarc"]],
        (DOMAIN, "MX"): lines["mx"],
        (f"mail.{DOMAIN}", "A"): [SENDS],
        ("25.2.0.192.in-addr.arpa", "PTR"): lines["ptr"],
    }
