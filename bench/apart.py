"""What DKIM and TLS add to one email of the fan-out, each by itself, in CPU milliseconds."""

import datetime as dt
import ssl
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from schoolgate.delivery.channels.email.dkim import Signer
from schoolgate.rehearsal.fake_mail_host import certificate

TIMES, BITS, RECORD = 1_000, 2048, 65_536
HEADERS = (
    b"From: Bench School <office@medwaygreenschool.co.uk>\r\nSubject: School closes at 13:00\r\n"
    b"Message-ID: <1@medwaygreenschool.co.uk>\r\nDate: Sun, 22 Nov 2026 12:00:00 -0000\r\n"
    b"To: carer1@example.org\r\nReply-To: <messages@medwaygreenschool.co.uk>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
)


def dkim_ms(size: int) -> float:
    """To sign one email of so many bytes with a key of 2048 bits."""
    key = rsa.generate_private_key(65537, BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer, raw = Signer("medwaygreenschool.co.uk", "bench", pem), email(size)
    return each(lambda: signer.sign(raw))


def tls_ms(size: int) -> float:
    """To encrypt one email of so many bytes on a line that stands; the host's half is not in it."""
    near, _, wire = line()
    raw = email(size)

    def write() -> None:
        near.write(raw)
        wire.read()

    return each(write)


def each(work: Callable[[], object]) -> float:
    """CPU milliseconds of one, over a thousand."""
    began = time.process_time()
    for _ in range(TIMES):
        work()
    return round((time.process_time() - began) / TIMES * 1000, 3)


def email(size: int) -> bytes:
    """An email of about so many bytes."""
    return HEADERS + b"School closes at 13:00 on Wednesday.\r\n" * ((size - len(HEADERS)) // 38)


def line() -> tuple[ssl.SSLObject, ssl.SSLObject, ssl.MemoryBIO]:
    """Both ends of a TLS line in memory, greeted; and what leaves the near end."""
    with tempfile.TemporaryDirectory() as folder:
        file = certificate(Path(folder), "mail.example.org", dt.datetime.now(dt.UTC))
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(file)
        client = ssl.create_default_context(cafile=str(file))
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    near = client.wrap_bio(back, there, server_hostname="mail.example.org")
    far = server.wrap_bio(there, back, server_side=True)
    greeted: set[ssl.SSLObject] = set()
    while len(greeted) < 2:
        for end in (near, far):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            greeted.add(end)
    return near, far, there
