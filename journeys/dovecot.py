"""A real Dovecot with one mailbox, a configuration and a port of its own; it ends with the test."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam

from config.machine.test_tools import mailbox_server
from journeys.house import free_port
from journeys.smtp_sink import wait_for_port

PASSWORD = "rehearsal"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {nobody}
default_login_user = {nobody}
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
mail_uid = {nobody}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain login
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={nobody} gid={group} home={folder}/mail
}}
"""


class RealDovecot:
    """A running Dovecot."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen[bytes] | None = None
        self.count = 0

    def url(self, to: str) -> str:
        """As SCHOOLGATE_IMAP_URLS names it."""
        return f"imap://gate:{PASSWORD}@127.0.0.1:{self.port}/INBOX?to={to}"

    def start(self) -> None:
        """Start it, as root: each of its parts becomes a user without rights by itself."""
        self.process = subprocess.Popen(
            [str(mailbox_server()), "-F", "-c", str(self.folder / "conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for_port(self.port)

    def stop(self) -> None:
        """End it and every line to it."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def deliver(self, content: bytes) -> None:
        """Put a mail into the mailbox, as a mail server does."""
        self.count += 1
        name = f"{int(time.time())}.{os.getpid()}_{self.count}.gate"
        draft = self.folder / "mail" / "tmp" / name
        draft.write_bytes(content)
        os.chown(draft, getpwnam("nobody").pw_uid, getpwnam("nobody").pw_gid)
        draft.rename(self.folder / "mail" / "new" / name)

    def unseen(self) -> int:
        """How many mails nobody has taken."""
        kept = [
            *(self.folder / "mail" / "new").iterdir(),
            *(self.folder / "mail" / "cur").iterdir(),
        ]
        return sum(1 for file in kept if "S" not in file.name.partition(":2,")[2])

    def log(self) -> str:
        """What it says of itself."""
        file = self.folder / "log"
        return file.read_text() if file.exists() else ""


def missing() -> str:
    """Why there can't be a Dovecot here, or nothing."""
    if mailbox_server() is None:
        return "Dovecot is not here; make prove installs it where it may."
    return "" if os.geteuid() == 0 else "Dovecot starts only for root."


@contextmanager
def real_dovecot() -> Iterator[RealDovecot]:
    """A Dovecot with an empty mailbox."""
    with tempfile.TemporaryDirectory(prefix="gate-dovecot-") as made:
        running = RealDovecot(Path(made), free_port())
        _lay_out(running)
        running.start()
        try:
            yield running
        finally:
            running.stop()


def _lay_out(running: RealDovecot) -> None:
    folder, nobody = running.folder, getpwnam("nobody")
    folder.chmod(0o755)
    for name in ("mail", "mail/tmp", "mail/new", "mail/cur"):
        (folder / name).mkdir()
        os.chown(folder / name, nobody.pw_uid, nobody.pw_gid)
    words = CONFIGURATION.format(
        folder=folder, port=running.port, password=PASSWORD, nobody="nobody", group="nogroup"
    )
    (folder / "conf").write_text(words)
