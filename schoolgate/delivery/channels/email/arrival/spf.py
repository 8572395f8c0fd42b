"""SPF: one record, at most ten look-ups, a firm end, and our sending host inside it."""

from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, look, wrong
from schoolgate.delivery.channels.email.arrival.names import Names
from schoolgate.delivery.channels.email.arrival.spf_record import Walk, records_of, walk_through

ABOUT = "SPF"
MOST_LOOKUPS, MOST_EMPTY = 10, 2


def judge(domain: str, sending: list[str], names: Names) -> list[Finding]:
    """A domain's SPF, with the addresses that send for it (none where unknown).

    Raises CouldNotAsk.
    """
    records = records_of(domain, names)
    if not records:
        return [_none(domain, sending)]
    if len(records) > 1:
        return [_several(domain, records)]
    walk = walk_through(records[0], domain, names)
    found = [*_end(records[0], walk), *_limits(walk), *_coverage(records[0], walk, sending)]
    says = _("{domain} has one record, with {count} look-ups, and it ends in {end}.")
    well = fine(ABOUT, says.format(domain=domain, count=walk.lookups, end=walk.end))
    return found or [well]


def _none(domain: str, sending: list[str]) -> Finding:
    says = _("{domain} has no SPF record, so nobody can tell who may send its mail.")
    ask = _("Ask for this TXT record at {domain}, with your mail host's own include in it.")
    return wrong(
        ABOUT,
        says.format(domain=domain),
        ask.format(domain=domain),
        f'{domain}. TXT "{" ".join(["v=spf1", "mx", *map(_word, sending), "~all"])}"',
    )


def _several(domain: str, records: list[str]) -> Finding:
    says = _("{domain} has {count} SPF records. Where there is more than one, none counts.")
    words = dict.fromkeys(word for one in records for word in one.split()[1:])
    allowed = [word for word in words if not word.endswith("all")]
    return wrong(
        ABOUT,
        says.format(domain=domain, count=len(records)),
        _("Ask for one record in their place, for instance this."),
        f'{domain}. TXT "{" ".join(["v=spf1", *allowed, "~all"])}"',
    )


def _end(record: str, walk: Walk) -> list[Finding]:
    if walk.end in {"-all", "~all"}:
        return []
    if walk.end == "+all":
        says = _("The SPF record ends in +all: it lets anybody send in your name.")
    elif walk.end:
        says = _("The SPF record ends in ?all, which says nothing about forged mail.")
    else:
        says = _("The SPF record has no end, so it says nothing about forged mail.")
    kept = [word for word in record.split() if not word.endswith("all")]
    return [
        wrong(ABOUT, says, _("Ask for it to end in ~all."), f'TXT "{" ".join([*kept, "~all"])}"')
    ]


def _limits(walk: Walk) -> list[Finding]:
    found = []
    if walk.lookups > MOST_LOOKUPS:
        says = _("The SPF record needs {count} look-ups. Over {most}, mail hosts stop reading.")
        found.append(
            wrong(
                ABOUT,
                says.format(count=walk.lookups, most=MOST_LOOKUPS),
                _("Ask which of its includes are still used, and let the others go."),
            )
        )
    if walk.empty > MOST_EMPTY:
        says = _(
            "The SPF record asks for {count} names that don't exist. Over {most} break the whole."
        )
        ask = _("Ask for these names to be taken out.")
        found.append(wrong(ABOUT, says.format(count=walk.empty, most=MOST_EMPTY), ask))
    if walk.broken:
        says = _("The SPF record names what can't be read: {names}. That breaks the whole.")
        ask = _("Ask for these words to be mended or taken out.")
        found.append(wrong(ABOUT, says.format(names=", ".join(walk.broken)), ask))
    return found


def _coverage(record: str, walk: Walk, sending: list[str]) -> list[Finding]:
    outside = [address for address in sending if not walk.covers(address)]
    if not outside:
        return []
    if walk.includes:
        says = _(
            "The SPF record doesn't name {addresses} itself. That is as it should be where your "
            "mail host hands on from other machines, which the record includes."
        )
        ask = _("Send a message to yourself elsewhere, and look in its headers for spf=pass.")
        return [look(ABOUT, says.format(addresses=", ".join(outside)), ask)]
    says = _("The SPF record doesn't let {addresses} send, but that is where our mail comes from.")
    first, *rest = record.split()
    return [
        wrong(
            ABOUT,
            says.format(addresses=", ".join(outside)),
            _("Ask for the record to name it, for instance like this."),
            f'TXT "{" ".join([first, *map(_word, outside), *rest])}"',
        )
    ]


def _word(address: str) -> str:
    return f"ip6:{address}" if ":" in address else f"ip4:{address}"
