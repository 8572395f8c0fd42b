"""A gunicorn worker that reads a request whole before a thread is taken (by waitress).

Whoever sends a byte a second holds a socket and never one of the threads that make pages. What is
limited: how large head and body are, how many connections this process and one address hold, and
how long a request may take to arrive, which grows with what has come. gunicorn keeps the processes
(loading once, ending within the second), waitress the sockets:
docs/decisions/0018-serving-pages.md.
"""

# waitress has no types of its own.
# mypy: disallow-untyped-calls=False

import logging
import os
import socket
import threading
import time
from collections import Counter
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

LARGEST_HEAD = 64 * 1024
LARGEST_BODY = 64 * 1024 * 1024
MOST_CONNECTIONS = 1000
# Behind the documented proxy every connection comes from this machine, and the proxy counts them.
MOST_OF_AN_ADDRESS = 100
IDLE = 15  # seconds without a request
# A request may take this long to arrive, and longer by what has come: slow telephones send
# pictures, and send them.
AT_FIRST, BYTES_A_SECOND = 20.0, 8 * 1024
# It says at every short wait that somebody waits; the bench measures that.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
ROUND = 0.25  # seconds: how often the worker looks whether it is to end
TO_FINISH = 0.8  # seconds for what is being answered when it ends


class PatientChannel(HTTPChannel):
    """One connection; it knows since when a request is arriving, and how much of it has come."""

    arriving_since: float | None = None
    arrived = 0

    def received(self, data: bytes) -> Any:
        """Take in what came, and begin anew with each request."""
        taken = super().received(data)
        if self.request is None:
            self.arriving_since, self.arrived = None, 0
        else:
            self.arriving_since = self.arriving_since or time.monotonic()
            self.arrived += len(data)
        return taken

    def is_too_slow(self, now: float) -> bool:
        """Whether what is arriving should have come by now (by the steady clock)."""
        if self.arriving_since is None:
            return False
        return now - self.arriving_since > AT_FIRST + self.arrived / BYTES_A_SECOND


class PatientServer(TcpWSGIServer):
    """The sockets of one worker on one of gunicorn's listening sockets."""

    channel_class = PatientChannel

    def readable(self) -> bool:
        """No new connection while this worker has a round of work waiting: another takes it."""
        waiting = len(self.task_dispatcher.queue)
        return bool(super().readable()) and waiting < self.adj.threads

    def handle_accept(self) -> None:
        """Take a connection, unless its address holds as many as one may."""
        before = set(self.active_channels)
        super().handle_accept()
        for number in set(self.active_channels) - before:
            channel = self.active_channels[number]
            if self._of_one_address()[channel.addr[0]] > MOST_OF_AN_ADDRESS:
                channel.will_close = True

    def maintenance(self, now: float) -> None:
        """Close what is idle, and what takes too long to arrive."""
        super().maintenance(now)
        steady = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_too_slow(steady):
                channel.will_close = True

    def _of_one_address(self) -> Counter[str]:
        return Counter(channel.addr[0] for channel in self.active_channels.values())


class PatientWorker(Worker):
    """The worker as gunicorn starts and ends it."""

    def run(self) -> None:
        """Serve until told to end or left alone by whoever started it."""
        sockets: dict[int, Any] = {}
        servers = self._servers(sockets)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            wasyncore.loop(timeout=ROUND, map=sockets, use_poll=True, count=1)
        self._finish(servers, sockets)

    def _servers(self, sockets: dict[int, Any]) -> list[PatientServer]:
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(self.cfg.threads)
        return [
            PatientServer(
                self.wsgi,
                map=sockets,
                _sock=self._own(listening),
                dispatcher=threads,
                adj=_adjustments(self.cfg.threads),
                sockinfo=(listening.family, listening.type, None, None),
                bind_socket=False,
            )
            for listening in (one.sock for one in self.sockets)
        ]

    @staticmethod
    def _own(listening: socket.socket) -> socket.socket:
        """The same socket under a number of this process's own, which it may close."""
        listening.setblocking(False)
        return listening.dup()

    def _finish(self, servers: list[PatientServer], sockets: dict[int, Any]) -> None:
        """Take nothing new; what is being answered has most of a second."""
        for server in servers:
            server.accepting = False
            server.del_channel(sockets)
            listening: Any = server.socket
            listening.close()
        until = time.monotonic() + TO_FINISH
        while time.monotonic() < until and any(
            channel.requests or channel.total_outbufs_len
            for server in servers
            for channel in server.active_channels.values()
        ):
            wasyncore.loop(timeout=0.05, map=sockets, use_poll=True, count=1)
        for server in servers:
            server.task_dispatcher.shutdown(cancel_pending=True, timeout=0.1)
        assert threading.current_thread() is threading.main_thread()


def _adjustments(threads: int) -> Adjustments:
    return Adjustments(
        threads=threads,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=IDLE,
        cleanup_interval=1,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=LARGEST_BODY,
        # A large answer goes to a file and waits for its reader there, not in a thread.
        outbuf_high_watermark=16 * LARGEST_BODY,
        asyncore_use_poll=True,
        # Django believes the documented proxy, and nobody else.
        clear_untrusted_proxy_headers=False,
        ident=None,
        expose_tracebacks=False,
    )
