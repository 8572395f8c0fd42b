"""DMARC: what readers shall do with mail that is not ours, and whether ours agrees with itself."""

from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, look, wrong
from schoolgate.delivery.channels.email.arrival.names import Names
from schoolgate.delivery.channels.email.arrival.tags import tags_of

ABOUT = "DMARC"
ALIGNED = "DMARC alignment"
POLICIES = ("none", "quarantine", "reject")


def judge(domain: str, *, signing: str, answering: str, names: Names) -> list[Finding]:
    """A domain's DMARC, with the domain that signs and the one that mail comes back to.

    Raises CouldNotAsk.
    """
    where, records = _nearest(domain, names)
    if not records:
        return [_missing(domain)]
    if len(records) > 1:
        says = _(
            "There are {count} DMARC records at {where}. Where there is more than one, none counts."
        )
        ask = _("Ask for all but one to be taken away.")
        return [wrong(ABOUT, says.format(count=len(records), where=where), ask)]
    tags = tags_of(records[0])
    found = [*_policy(domain, where, tags), *_reports(domain, where, tags, names)]
    says = _("{where} asks readers to {policy} mail that isn't yours, and where to report it.")
    well = fine(ABOUT, says.format(where=where, policy=tags.get("p", "")))
    return [*(found or [well]), *_agreement(domain, where, tags, signing, answering)]


def _nearest(domain: str, names: Names) -> tuple[str, list[str]]:
    """The record of a domain, or of the nearest one above it that has one."""
    labels = domain.split(".")
    for start in range(max(len(labels) - 1, 1)):
        where = f"_dmarc.{'.'.join(labels[start:])}"
        found = [text for text in names.texts(where) if tags_of(text).get("v", "") == "DMARC1"]
        if found:
            return where, found
    return f"_dmarc.{domain}", []


def _missing(domain: str) -> Finding:
    says = _("{domain} has no DMARC record. Gmail, Outlook and Yahoo ask for one.")
    ask = _(
        "Ask for this TXT record. After some weeks of reports without surprises, ask for "
        "p=quarantine, then p=reject."
    )
    return wrong(ABOUT, says.format(domain=domain), ask, proposal(domain, "none"))


def proposal(domain: str, policy: str) -> str:
    """A record that can be pasted."""
    return f'_dmarc.{domain}. TXT "v=DMARC1; p={policy}; rua=mailto:dmarc@{domain}"'


def _policy(domain: str, where: str, tags: dict[str, str]) -> list[Finding]:
    inherited = where != f"_dmarc.{domain}"
    policy = (tags.get("sp") if inherited else "") or tags.get("p", "")
    if policy.lower() not in POLICIES:
        says = _("The DMARC record at {where} has no policy (p=none, quarantine or reject).")
        ask = _("Ask for this TXT record in its place.")
        return [wrong(ABOUT, says.format(where=where), ask, proposal(domain, "none"))]
    if policy.lower() == "none":
        says = _(
            "The DMARC record at {where} only watches (p=none): forged mail in your name arrives."
        )
        ask = _("When its reports hold no surprises any more, ask for p=quarantine, then p=reject.")
        return [look(ABOUT, says.format(where=where), ask, proposal(domain, "quarantine"))]
    if tags.get("pct", "100") != "100":
        says = _("The DMARC record at {where} holds for {percent} % of the mail only.")
        ask = _("Ask for pct to be taken out.")
        return [look(ABOUT, says.format(where=where, percent=tags["pct"]), ask)]
    return []


def _reports(domain: str, where: str, tags: dict[str, str], names: Names) -> list[Finding]:
    if not tags.get("rua"):
        says = _("The DMARC record names nobody who gets the reports (rua): faults stay unseen.")
        ask = _("Ask for an address that somebody reads.")
        return [look(ABOUT, says, ask, proposal(domain, tags.get("p", "none")))]
    above = where.removeprefix("_dmarc.")
    return [one for other in _elsewhere(tags["rua"], above) for one in _wanted(above, other, names)]


def _elsewhere(rua: str, above: str) -> list[str]:
    """The domains outside ours that get reports."""
    found = [one.partition("!")[0].rpartition("@")[2].lower() for one in rua.split(",")]
    return [name for name in found if name and not f".{name}".endswith(f".{above}")]


def _wanted(above: str, other: str, names: Names) -> list[Finding]:
    """Another domain has to say that it takes reports about ours."""
    at = f"{above}._report._dmarc.{other}"
    if any(tags_of(text).get("v", "") == "DMARC1" for text in names.texts(at)):
        return []
    says = _("Reports go to {other}, which doesn't say that it takes them for {domain}.")
    ask = _("Ask whoever runs {other} for this TXT record.")
    words = says.format(other=other, domain=above)
    return [look(ABOUT, words, ask.format(other=other), f'{at}. TXT "v=DMARC1"')]


def _agreement(
    domain: str, where: str, tags: dict[str, str], signing: str, answering: str
) -> list[Finding]:
    """One of signature and way back has to agree with the sender's domain; we want both."""
    above = where.removeprefix("_dmarc.")
    signed = _agrees(domain, signing, above, tags.get("adkim", "r"))
    returned = _agrees(domain, answering, above, tags.get("aspf", "r"))
    if signed and returned:
        says = _("Signature and way back belong to {domain}, as DMARC wants it.")
        return [fine(ALIGNED, says.format(domain=domain))]
    if not signed and not returned:
        says = _(
            "Neither the signature ({signing}) nor the way back ({answering}) belongs to {domain}."
        )
        tell = wrong
    elif signed:
        says = _(
            "The way back ({answering}) doesn't belong to {domain}; the signature ({signing}) does."
        )
        tell = look
    else:
        says = _(
            "The signature ({signing}) doesn't belong to {domain}; the way back ({answering}) does."
        )
        tell = look
    ask = _("Ask for mail to be signed by {domain}, and for a mailbox of {domain} to take answers.")
    words = says.format(signing=signing, answering=answering, domain=domain)
    return [tell(ALIGNED, words, ask.format(domain=domain))]


def _agrees(domain: str, other: str, above: str, how: str) -> bool:
    """Strictly the same, or (relaxed) both at or under the domain that has the record."""
    if domain == other:
        return True
    if how.lower() == "s":
        return False
    return any(other == top or other.endswith(f".{top}") for top in (above, domain))
