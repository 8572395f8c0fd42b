"""A virus scanner on a real socket that speaks as clamd does, and knows one virus: the test one."""

import socketserver
import struct
import threading
from types import TracebackType
from typing import Self

# The industry's harmless test file, put together here so that no scanner takes this one for it.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()


class FakeClamd:
    """Answers INSTREAM; `says` is said in the place of every verdict.

    More than `most` bytes it does not take: it says so and hangs up, as clamd does.
    """

    def __init__(self, says: bytes = b"", most: int = 100_000_000) -> None:
        self.says = says
        fake = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                assert self.rfile.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!L", self.rfile.read(4))[0]:
                    content += self.rfile.read(size)
                    if len(content) > most:
                        self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                        return
                self.wfile.write(fake.says or fake.verdict(content))

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)

    def verdict(self, content: bytes) -> bytes:
        """What clamd says of these bytes."""
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"

    @property
    def address(self) -> str:
        """As SCHOOLGATE_CLAMD names it."""
        host, port = self.server.server_address[:2]
        return f"{host!s}:{port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
