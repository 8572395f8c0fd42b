"""A real Postfix with a configuration, queue and port of its own; it ends with the test.

It puts every mail, whatever its domain, into one Maildir; or hands it on to one port of this
machine, encrypted, and to nobody else.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from pwd import getpwnam

from journeys.greylisting import Greylisting
from journeys.house import free_port, wait_until
from journeys.smtp_sink import find, wait_for_port

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
error     unix - - n - - error
retry     unix - - n - - error
smtp      unix - - n - - smtp
tlsmgr    unix - - n 1000? 1 tlsmgr
scache    unix - - n - 1 scache
discard   unix - - n - - discard
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
"""
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.medway.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
default_transport = error:nothing leaves this machine
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all/
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 100
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{policy}, permit_mynetworks, reject
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
message_size_limit = 41943040
"""  # noqa: E501 - as Postfix reads it


ONWARD = """
virtual_mailbox_domains =
relay_domains = static:all
relay_transport = smtp:[127.0.0.1]:{onward}
default_transport = smtp:[127.0.0.1]:{onward}
smtp_tls_security_level = encrypt
smtp_tls_loglevel = 1
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
"""


class RealPostfix:
    """A running Postfix."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    @property
    def url(self) -> str:
        """As SCHOOLGATE_EMAIL_URL names it."""
        return f"smtp://127.0.0.1:{self.port}"

    def arrived(self) -> list[EmailMessage]:
        """The mails in the box."""
        files = sorted((self.folder / "mail" / "all" / "new").glob("*"))
        found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [one for one in found if isinstance(one, EmailMessage)]

    def wait_for(self, count: int) -> list[EmailMessage]:
        """Wait until so many mails are in the box."""
        wait_until(lambda: len(self.arrived()) >= count, words=self.log())
        return self.arrived()

    def log(self) -> str:
        """What Postfix says of itself."""
        file = self.folder / "log" / "mail.log"
        return file.read_text() if file.exists() else ""


def missing() -> str:
    """Why there can't be a Postfix here, or nothing."""
    if find("postfix") is None:
        return "Postfix is not here; make prove installs it where it may."
    return "" if os.geteuid() == 0 else "Postfix starts only for root."


@contextmanager
def real_postfix(greylisting: Greylisting, onward: int = 0) -> Iterator[RealPostfix]:
    """A Postfix that asks a policy about every recipient; `onward` is the port that it serves."""
    with tempfile.TemporaryDirectory(prefix="gate-postfix-") as made:
        running = RealPostfix(Path(made), free_port())
        _lay_out(running, greylisting.port, onward)
        _postfix(running, "start")
        try:
            wait_for_port(running.port)
            yield running
        finally:
            _postfix(running, "stop")


def _lay_out(running: RealPostfix, policy_port: int, onward: int) -> None:
    """Its folders and its two files."""
    folder, nobody, owner = running.folder, getpwnam("nobody"), getpwnam("postfix")
    folder.chmod(0o755)
    for name, uid in (("etc", 0), ("queue", 0), ("log", 0)):
        (folder / name).mkdir()
        os.chown(folder / name, uid, -1)
    for name, uid in (("data", owner.pw_uid), ("mail", nobody.pw_uid)):
        (folder / name).mkdir()
        os.chown(folder / name, uid, -1)
    main = MAIN.format(folder=folder, uid=nobody.pw_uid, gid=nobody.pw_gid, policy=policy_port)
    main += ONWARD.format(onward=onward) if onward else ""
    (folder / "etc" / "main.cf").write_text(main)
    (folder / "etc" / "master.cf").write_text(MASTER.format(port=running.port))


def _postfix(running: RealPostfix, order: str) -> None:
    """Give an order, as root: each of its parts becomes a user without rights by itself."""
    done = subprocess.run(
        [str(find("postfix")), "-c", str(running.folder / "etc"), order],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}{running.log()}"
