"""Reads SPF records (RFC 7208) and follows what they include; judges nothing."""

import ipaddress
from dataclasses import dataclass, field

from schoolgate.delivery.channels.email.arrival.names import Names

DEEPEST = 12  # records within records; more is a circle
ASKING = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
MACRO = "%{"  # a name that each mail makes anew, which only its reader can follow
KNOWN = ASKING | {"all", "ip4", "ip6", "exp"}


@dataclass(frozen=True)
class Term:
    """One word of a record: its sign, its name, what it is about, and a length of network."""

    sign: str
    name: str
    value: str
    length: str

    @classmethod
    def read(cls, word: str) -> "Term":
        """Read `-all`, `include:name`, `a/24`, `mx:name/24`, `ip4:network` or `redirect=name`."""
        sign, rest = (word[0], word[1:]) if word[0] in "+-~?" else ("+", word)
        name, mark, value = _apart(rest)
        length = ""
        if name.lower() in {"a", "mx"}:
            value, _slash, length = value.partition("/")
        return cls(
            sign, name.lower(), value if mark != "/" else "", length or value * (mark == "/")
        )


def _apart(word: str) -> tuple[str, str, str]:
    """A word at the first of its marks."""
    at = min((word.index(mark) for mark in ":=/" if mark in word), default=len(word))
    return word[:at], word[at : at + 1], word[at + 1 :]


@dataclass
class Walk:
    """What a record allows, with all that it includes."""

    lookups: int = 0
    empty: int = 0  # of them, those that name nothing
    networks: list[str] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    end: str = ""

    def covers(self, address: str) -> bool:
        """Whether an address may send."""
        one = ipaddress.ip_address(address)
        return any(one in ipaddress.ip_network(network) for network in self.networks)


def records_of(domain: str, names: Names) -> list[str]:
    """The SPF records of a domain. Raises CouldNotAsk."""
    return [text for text in names.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]


def walk_through(record: str, domain: str, names: Names) -> Walk:
    """Follow a record to all its ends. Raises CouldNotAsk."""
    walk = Walk()
    walk.end = _follow(record, domain, names, walk, 0)
    return walk


def _follow(record: str, domain: str, names: Names, walk: Walk, depth: int) -> str:
    """Add what a record allows to the walk; gives how it ends, as in `-all`."""
    end, onward = "", ""
    for term in [Term.read(word) for word in record.split()[1:]]:
        walk.lookups += term.name in ASKING
        if term.name not in KNOWN:
            walk.broken.append(term.name)
        elif term.name == "all":
            end = f"{term.sign}all"
        elif term.name == "redirect":
            onward = term.value
        elif term.name == "include":
            walk.includes.append(term.value)
            _inside(term.value, names, walk, depth)
        elif term.sign == "+":
            _allow(term, domain, names, walk)
    return end or (_inside(onward, names, walk, depth) if onward else "")


def _inside(name: str, names: Names, walk: Walk, depth: int) -> str:
    """Follow another domain's record; one that is not there breaks the whole."""
    if depth >= DEEPEST or MACRO in name:
        return ""
    found = records_of(name, names)
    if len(found) != 1:
        walk.broken.append(name)
        return ""
    return _follow(found[0], name, names, walk, depth + 1)


def _allow(term: Term, domain: str, names: Names, walk: Walk) -> None:
    """Note the networks that one word allows."""
    if term.name in {"ip4", "ip6"}:
        _note(term.value, walk)
        return
    if MACRO in term.value:
        return
    hosts = [term.value or domain] if term.name == "a" else []
    if term.name == "mx":
        hosts = [host.name for host in names.mail_hosts(term.value or domain) if host.name]
    found = [one for host in hosts for one in names.addresses(host)]
    walk.empty += term.name in {"a", "mx"} and not found
    for address in found:
        _note(_widened(address, term.length), walk)


def _widened(address: str, length: str) -> str:
    """An address with the network's length that is meant for its kind (`24//64`)."""
    four, _slashes, six = length.partition("//")
    size = six if ":" in address else four
    return f"{address}/{size}" if size else address


def _note(network: str, walk: Walk) -> None:
    try:
        walk.networks.append(str(ipaddress.ip_network(network, strict=False)))
    except ValueError:
        walk.broken.append(network)
