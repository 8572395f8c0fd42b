"""DKIM: the key that readers of our signatures find at the selector."""

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)
from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, look, unknown, wrong
from schoolgate.delivery.channels.email.arrival.names import Names
from schoolgate.delivery.channels.email.arrival.tags import tags_of

ABOUT = "DKIM"
LEAST_BITS, GOOD_BITS = 1024, 2048


@dataclass(frozen=True)
class OurKey:
    """The public half of the key that we sign with; none where the mail host signs."""

    record: str = ""

    @classmethod
    def from_pem(cls, pem: bytes) -> "OurKey":
        """The record that belongs to a private key. Raises ValueError where it is not RSA."""
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError(_("The key is not an RSA key."))
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return cls(f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}")


def judge(domain: str, selector: str, ours: OurKey, names: Names) -> list[Finding]:
    """The key at a selector of a domain. Raises CouldNotAsk."""
    if not selector:
        says = _("Nobody said under which selector {domain} publishes its DKIM key.")
        ask = _("Ask your mail host for the selector, and call this again with --selector.")
        return [unknown(ABOUT, says.format(domain=domain), ask)]
    where = f"{selector}._domainkey.{domain}"
    found = [text for text in names.texts(where) if "p" in tags_of(text)]
    if not found:
        return [_missing(where, ours)]
    if len(found) > 1:
        says = _("There are {count} keys at {where}. Readers may take the wrong one.")
        ask = _("Ask for one of them to be taken away.")
        return [wrong(ABOUT, says.format(count=len(found), where=where), ask)]
    return _one(where, found[0], ours)


def _missing(where: str, ours: OurKey) -> Finding:
    says = _("There is no DKIM key at {where}, so our mail can't show that it is unchanged.")
    if ours.record:
        ask = _("Ask for this TXT record.")
        return wrong(ABOUT, says.format(where=where), ask, f'{where}. TXT "{ours.record}"')
    ask = _("Ask your mail host to sign your mail with DKIM (RSA, 2048 bits), and for its record.")
    return wrong(ABOUT, says.format(where=where), ask)


def _one(where: str, text: str, ours: OurKey) -> list[Finding]:
    tags = tags_of(text)
    if not tags["p"]:
        says = _("The DKIM key at {where} was withdrawn: signatures with it are refused.")
        return [wrong(ABOUT, says.format(where=where), _("Ask for the new selector."))]
    if ours.record and tags["p"] != tags_of(ours.record)["p"]:
        says = _("The DKIM key at {where} is not the one that we sign with.")
        ask = _(
            "Ask for this TXT record in its place, or set SCHOOLGATE_DKIM_KEY to its other half."
        )
        return [wrong(ABOUT, says.format(where=where), ask, f'{where}. TXT "{ours.record}"')]
    trying = look(
        ABOUT,
        _("The DKIM record says t=y, that it is only being tried: readers take it for unsigned."),
        _("Ask for t=y to be taken out."),
    )
    return [*_length(where, tags), *([trying] if "y" in tags.get("t", "").split(":") else [])]


def _length(where: str, tags: dict[str, str]) -> list[Finding]:
    if tags.get("k", "rsa") != "rsa":
        says = _("The DKIM key at {where} is of the kind {kind}, which many mail hosts can't read.")
        ask = _("Ask for an RSA key of 2048 bits beside it.")
        return [look(ABOUT, says.format(where=where, kind=tags["k"]), ask)]
    bits = _bits(tags["p"])
    if bits == 0:
        says = _("What stands at {where} can't be read as a key.")
        return [wrong(ABOUT, says.format(where=where), _("Ask for the record to be entered anew."))]
    says = _("The DKIM key at {where} has {bits} bits.").format(where=where, bits=bits)
    ask = _("Ask for a key of 2048 bits.")
    if bits < LEAST_BITS:
        return [wrong(ABOUT, says, ask)]
    return [look(ABOUT, says, ask) if bits < GOOD_BITS else fine(ABOUT, says)]


def _bits(key: str) -> int:
    """The length of an RSA key; 0 where it is none."""
    try:
        read = load_der_public_key(base64.b64decode(key, validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        return 0
    return read.key_size if isinstance(read, RSAPublicKey) else 0
