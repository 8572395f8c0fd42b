"""Real processes and sockets for the tests of the listener."""

# Real clock: servers, certificates and clients on sockets ask the machine's own.

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.conf import settings

ROOT = Path(__file__).resolve().parents[3]
START = "from config.command import main; main()"
PATIENCE = 30.0
SOCKET = ".s.PGSQL.5432"


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Listener:
    """`schoolgate listen` as a process of its own."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "listen"],
            cwd=ROOT,
            env={
                **os.environ,
                "SCHOOLGATE_MAIL_PORT": str(self.port),
                "SCHOOLGATE_DATA": str(data),
                "SCHOOLGATE_SECRET_KEY": settings.SECRET_KEY,
                **environment,
            },
            stderr=subprocess.PIPE,
        )
        self._wait_for_port()

    def end(self) -> int:
        """Ask it to stop, as the supervisor does; its exit code."""
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode

    def _wait_for_port(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self.process.poll() is not None:
                _, said = self.process.communicate()
                raise AssertionError(f"The listener ended: {said.decode()}")
            time.sleep(0.05)
        raise AssertionError("The listener did not start.")


@contextmanager
def listening(data: Path, **environment: str) -> Iterator[Listener]:
    """A listener for a while."""
    listener = Listener(data, **environment)
    try:
        yield listener
    finally:
        if listener.process.poll() is None:
            listener.process.kill()
            listener.process.communicate()


class Relay:
    """Stands between a process and the database, and can be cut as if the database had died."""

    def __init__(self, folder: Path, url: str) -> None:
        before, _, after = url.partition("@")
        host, _, name = after.partition("/")
        self.behind = Path(unquote(host)) / SOCKET
        self.url = f"{before}@{quote(str(folder), safe='')}/{name}"
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(folder / SOCKET))
        self.socket.listen()
        self.away = False
        self.open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """The database is away: what is open breaks, and nothing new is answered."""
        self.away = True
        for one in self.open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def restore(self) -> None:
        """The database is back."""
        self.away = False

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.socket.accept()
            except OSError:
                return
            if self.away:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self.behind))
            self.open += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(source, target), daemon=True).start()


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody else trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return folder / "certificate.pem", folder / "key.pem"


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while content := source.recv(65536):
            target.sendall(content)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
