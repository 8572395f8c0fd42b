"""`schoolgate doctor mail DOMAIN`: whether its mail arrives, and what to ask its host for."""

import argparse
import dataclasses
import json
import textwrap
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.dkim_key import OurKey
from schoolgate.delivery.channels.email.arrival.findings import (
    Finding,
    State,
    all_is_well,
    fine,
    look,
    wrong,
)
from schoolgate.delivery.channels.email.arrival.judging import Sending, judge
from schoolgate.delivery.channels.email.arrival.names import CouldNotAsk, Names

WIDTH = 96


def main(arguments: list[str]) -> int:
    """Print each finding with what to ask for; 0 when all is well, 1 otherwise."""
    chosen = _parser().parse_args(arguments)
    try:
        findings = [*judge(_sending(chosen), Names(chosen.resolver)), _who_wrote()]
    except (CouldNotAsk, ValueError, OSError) as error:
        print(f"Nothing could be checked: {error}")
        return 1
    print(_as_json(chosen.domain, findings) if chosen.json else _as_words(findings))
    return 0 if all_is_well(findings) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="schoolgate doctor mail")
    parser.add_argument("domain", type=_domain, help="the domain in the sender's address")
    parser.add_argument("--selector", default=settings.DKIM_SELECTOR, help="of the DKIM key")
    parser.add_argument("--sending-address", default="", help="the IP address that mail comes from")
    parser.add_argument("--return-domain", default="", help="where bounces go, if elsewhere")
    parser.add_argument("--resolver", default="", help="ask this name server (host:port)")
    parser.add_argument("--json", action="store_true", help="one object instead of sentences")
    return parser


def _domain(text: str) -> str:
    """A domain as name servers write it, from a domain or a whole address."""
    try:
        return text.rpartition("@")[2].strip(".").lower().encode("idna").decode()
    except UnicodeError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a domain.") from error


def _sending(chosen: argparse.Namespace) -> Sending:
    return Sending(
        domain=chosen.domain,
        email_url=settings.EMAIL_URL,
        public_address=settings.PUBLIC_ADDRESS,
        sending_address=chosen.sending_address,
        selector=chosen.selector,
        signing_domain=settings.DKIM_DOMAIN,
        return_domain=chosen.return_domain,
        our_key=_our_key(),
    )


def _who_wrote() -> Finding:
    """Whether this set-up can tell who sent what comes in (decision 24)."""
    about = _("Who wrote to us")
    if settings.TRUSTED_AUTHSERV:
        says = _("Senders are judged by {server}, whose results are believed.").format(
            server=settings.TRUSTED_AUTHSERV
        )
        if settings.MAIL_RELAYS or settings.IMAP_URLS:
            return fine(about, says)
        ask = _(
            "Whoever reaches our listener directly can write such results himself: let only your "
            "mail servers reach it, and name them in SCHOOLGATE_MAIL_RELAYS."
        )
        return look(about, says, ask)
    if not settings.CHECK_SENDERS:
        return wrong(
            about,
            _(
                "Nobody checks who sent an email: SCHOOLGATE_CHECK_SENDERS is 0, and no server is "
                "named in SCHOOLGATE_TRUSTED_AUTHSERV. All of it stands there as not checked, and "
                "explains no absence before somebody has rung."
            ),
            _("Set one of the two."),
        )
    if settings.IMAP_URLS or settings.MAIL_RELAYS:
        return look(
            about,
            _(
                "A mailbox or relay does not say which server handed an email over. What is not "
                "signed by its sender’s domain can’t be checked: it stands there as not checked, "
                "and explains no absence before somebody has rung."
            ),
            _(
                "Ask your mail host which name it writes first into Authentication-Results, and "
                "whether it takes away headers of that name that came from outside; then put the "
                "name into SCHOOLGATE_TRUSTED_AUTHSERV."
            ),
        )
    return fine(about, _("Senders are checked here, by SPF, DKIM and DMARC."))


def _our_key() -> OurKey:
    return OurKey.from_pem(Path(settings.DKIM_KEY).read_bytes()) if settings.DKIM_KEY else OurKey()


def _as_json(domain: str, findings: list[Finding]) -> str:
    return json.dumps(
        {
            "domain": domain,
            "all_is_well": all_is_well(findings),
            "findings": [dataclasses.asdict(one) for one in findings],
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_words(findings: list[Finding]) -> str:
    return "\n\n".join([*map(_block, findings), _sum(findings)])


def _block(one: Finding) -> str:
    """One finding; a record to paste stands on a line of its own, unbroken."""
    lines = textwrap.wrap(f"{one.about}: {one.state}. {one.says}", WIDTH)
    lines += textwrap.wrap(one.ask, WIDTH, initial_indent="  ", subsequent_indent="  ")
    return "\n".join([*lines, *([f"    {one.record}"] if one.record else [])])


def _sum(findings: list[Finding]) -> str:
    if all_is_well(findings):
        return "All is well. What is worth a look can wait."
    wrong = sum(one.state == State.WRONG for one in findings)
    unknown = sum(one.state == State.UNKNOWN for one in findings)
    return f"Wrong: {wrong}. Could not be checked: {unknown}."
