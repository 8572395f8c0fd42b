"""MX: whether answers can come in."""

from django.utils.translation import gettext as _

from schoolgate.delivery.channels.email.arrival.findings import Finding, fine, look, wrong
from schoolgate.delivery.channels.email.arrival.names import Names

ABOUT = "MX"


def judge(domain: str, names: Names) -> list[Finding]:
    """Where a domain's mail goes. Raises CouldNotAsk."""
    hosts = names.mail_hosts(domain)
    if not hosts:
        return [_no_record(domain, names)]
    if any(not host.name for host in hosts):
        says = _("{domain} says that it takes no mail at all, so nobody can answer.")
        ask = _("Ask for an MX record that names your mail host.")
        return [wrong(ABOUT, says.format(domain=domain), ask)]
    lost = [host.name for host in hosts if not names.addresses(host.name)]
    if lost:
        says = _("{domain} sends its mail to {hosts}, which has no address.")
        ask = _("Ask for this name to be mended.")
        return [wrong(ABOUT, says.format(domain=domain, hosts=", ".join(lost)), ask)]
    says = _("Answers to {domain} go to {hosts}.")
    return [fine(ABOUT, says.format(domain=domain, hosts=", ".join(one.name for one in hosts)))]


def _no_record(domain: str, names: Names) -> Finding:
    ask = _("Ask for an MX record that names your mail host, like this.")
    record = f"{domain}. MX 10 mail.{domain}."
    if names.addresses(domain):
        says = _("{domain} has no MX record; its mail goes to the machine of the website.")
        return look(ABOUT, says.format(domain=domain), ask, record)
    says = _("{domain} has no MX record, so nobody can answer.")
    return wrong(ABOUT, says.format(domain=domain), ask, record)
