"""A name server of our own on this machine, by UDP and TCP, that knows what it is told."""

import socket
import socketserver
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset

LARGEST = 512  # bytes by UDP; a longer answer is asked for again by TCP


class FakeDns:
    """Answers from `records`: (name, kind) to the texts of its lines.

    Names in `broken` get SERVFAIL; any other name without a record does not exist.
    """

    def __init__(
        self, records: dict[tuple[str, str], list[str]], broken: Iterable[str] = ()
    ) -> None:
        self.records = records
        self.broken = set(broken)
        self.asked: list[tuple[str, str, str]] = []
        self.servers = _pair(self)

    @property
    def address(self) -> str:
        """Where it listens, as host:port."""
        return "{}:{}".format(*self.servers[0].socket.getsockname())

    def __enter__(self) -> Self:
        for server in self.servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def answer(self, wire: bytes, by: str) -> bytes:
        """The answer to one question, cut short where UDP can't carry it."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind, by))
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        response.set_rcode(self._code(name))
        lines = self.records.get((name, kind), [])
        if lines:
            response.answer.append(_lines(question.name, question.rdtype, lines))
        whole = response.to_wire()
        if by == "tcp" or len(whole) <= LARGEST:
            return whole
        response.answer.clear()
        response.flags |= dns.flags.TC
        return response.to_wire()

    def _code(self, name: str) -> dns.rcode.Rcode:
        if name in self.broken:
            return dns.rcode.SERVFAIL
        known = any(one == name or one.endswith(f".{name}") for one, _kind in self.records)
        return dns.rcode.NOERROR if known else dns.rcode.NXDOMAIN


def txt(text: str) -> str:
    """A long text as a TXT record holds it: in quoted pieces of at most 255."""
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))


def _lines(name: dns.name.Name, kind: dns.rdatatype.RdataType, lines: list[str]) -> dns.rrset.RRset:
    read = [dns.rdata.from_text(dns.rdataclass.IN, kind, line) for line in lines]
    return dns.rrset.from_rdata_list(name, 60, read)


def _pair(fake: FakeDns) -> tuple[socketserver.UDPServer, socketserver.TCPServer]:
    """A UDP and a TCP server on one port that is free for both."""

    class ByUdp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            wire, sock = self.request
            sock.sendto(fake.answer(wire, "udp"), self.client_address)

    class ByTcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = int.from_bytes(self.rfile.read(2), "big")
            said = fake.answer(self.rfile.read(length), "tcp")
            self.wfile.write(len(said).to_bytes(2, "big") + said)

    while True:
        udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), ByUdp)
        try:
            return udp, socketserver.ThreadingTCPServer(udp.server_address, ByTcp)
        except OSError:
            udp.server_close()


def silent_address() -> tuple[socket.socket, str]:
    """A name server that hears and never answers; the socket is to be closed."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    return listening, f"127.0.0.1:{listening.getsockname()[1]}"
