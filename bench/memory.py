"""Idle memory of a whole installation: every process's PSS, the database's included.

Measured 60 s after the start, when every kind of page has been served and mail has been taken. Two
requests at a time are possible, and some are made at once, so that threads have their stacks.
"""

import re
import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import psutil

from bench.demo import SCHOOL, Demo, Visitor, loaded

AFTER = 60.0  # seconds
PEOPLE = ("ewa", "priya", "joan", "ruth", "helen")  # family, tutor, office, head, safeguarding
NAMES = {
    "gate-web": "web",
    "gate-worker": "worker",
    "gate-listen": "listener",
    "main() together": "what is loaded, for all",
    "schoolgate run": "supervisor or one of its watchers",
    " -D ": "postgres: the first process",
}
LINK = re.compile(r'href="(/[^"#]*)')
ONE_OF_MANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def measure() -> dict[str, float]:
    """Serve every kind of page, let it rest, and add up; a line a process."""
    with loaded() as demo:
        demo.start()
        began = time.monotonic()
        send_mail(demo)
        with ThreadPoolExecutor(2) as two:
            served = sum(two.map(lambda key: look_round(demo, key), PEOPLE))
        print(f"{served} pages served, one of each kind and person")
        time.sleep(max(0.0, AFTER - (time.monotonic() - began)))
        total = add_up(demo)
        demo.stop()
    return {"pss_mb": round(total, 1)}


def look_round(demo: Demo, key: str) -> int:
    """Follow every link that one person is shown, once for each kind of page; how many kinds."""
    visitor = Visitor(demo, key)
    waiting, kinds = [f"/{SCHOOL}/", "/account/mine/"], set()
    while waiting:
        path = waiting.pop(0)
        kind = ONE_OF_MANY.sub("one", path.partition("?")[0])
        if kind not in kinds:
            kinds.add(kind)
            waiting += LINK.findall(visitor.get(path))
    return len(kinds)


def send_mail(demo: Demo) -> None:
    """One email, so that the listener and the worker have worked too."""
    message = EmailMessage()
    message["From"], message["To"] = f"nina@{SCHOOL}.example.org", f"messages@{SCHOOL}.example.org"
    message["Subject"] = "The bench asks"
    message.set_content("Is it warm?")
    with smtplib.SMTP("127.0.0.1", demo.port + 1, timeout=30) as server:
        server.send_message(message)


def add_up(demo: Demo) -> float:
    """The sum of all processes' proportional share of memory, in MB; shared pages count once."""
    total = 0.0
    for one in demo.family():
        share = pss(one)
        total += share
        print(f"{share:7.1f} MB  {name(one)}")
    print(f"{total:7.1f} MB  together")
    return total


def pss(process: psutil.Process) -> float:
    """Proportional set size of one process, in MB (10^6 bytes)."""
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.M)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def name(process: psutil.Process) -> str:
    """What it is, in few words."""
    words = " ".join([process.name(), *process.cmdline()])
    return next((said for mark, said in NAMES.items() if mark in words), words[:70])
