"""List-Unsubscribe (RFC 2369, RFC 8058): what optional news carries, and what it needs to work."""

from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, look, wrong

ABOUT = "List-Unsubscribe"


def judge(public_address: str, *, we_sign: bool) -> list[Finding]:
    """Whether the one press of a reader's mail program can reach us, and is believed."""
    if not public_address.startswith("https://"):
        says = _(
            "One press in the mail program unsubscribes from optional news, but only by https."
        )
        ask = _("Set SCHOOLGATE_ADDRESS to the https:// address that families use.")
        return [wrong(ABOUT, says, ask)]
    if not we_sign:
        says = _(
            "Optional news carries List-Unsubscribe and List-Unsubscribe-Post, signed by your host."
        )
        ask = _("Ask your mail host to sign both headers, for Gmail and Yahoo want that.")
        return [look(ABOUT, says, ask)]
    says = _("Optional news carries List-Unsubscribe and List-Unsubscribe-Post, both signed by us.")
    return [fine(ABOUT, says)]
