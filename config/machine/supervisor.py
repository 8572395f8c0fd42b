"""Starts the database and the three processes, keeps them running, and stops them all.

It never loads Django: what needs Django runs as a process of its own.
"""

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from config import env
from config.machine import databases, kinds, migrations, place, privileges, respawning
from config.machine.errors import MachineError, TakenError, sentence_of
from config.machine.place import held
from config.machine.postgres import OWNER, PLAIN, Postgres, write_private

HOST = "127.0.0.1"
# The three processes: of one loading, where forks of what is loaded are safe.
KEPT = ("together",) if privileges.LINUX else ("web", "worker", "listen")
# -P: a file in the folder that we stand in is not taken for a module of ours.
VERB = (sys.executable, "-c", "from config.command import main; main()")


class StopAsked(BaseException):
    """Somebody pressed Ctrl-C, or asked this process to end, while it was starting."""


@dataclass(frozen=True)
class Kind:
    """What tells the demo from the real thing."""

    name: str
    mark: str

    @property
    def is_demo(self) -> bool:
        """Whether the people in it are fictional."""
        return self.mark == kinds.DEMO


DEMO = Kind("demo", kinds.DEMO)
REAL = Kind("school", kinds.REAL)


@dataclass(frozen=True)
class Installation:
    """One running Schoolgate: its data, its ports, its database."""

    kind: Kind
    data: Path
    port: int
    postgres: Postgres | None  # None where DATABASE_URL names a server of your own

    @property
    def mail_port(self) -> int:
        """Where mail is taken: the port after that of the pages."""
        return self.port + 1

    @property
    def url(self) -> str:
        """The database as the plain role."""
        return self.postgres.url(PLAIN) if self.postgres else os.environ["DATABASE_URL"]

    @property
    def owner_url(self) -> str:
        """The database as the owner of its tables; empty if we were not told."""
        return self.postgres.url(OWNER) if self.postgres else env.text("DATABASE_OWNER_URL")

    def environment(self) -> dict[str, str]:
        """What the three processes are told."""
        known = migrations.environment(
            self.url,
            SCHOOLGATE_DATA=str(self.data),
            SCHOOLGATE_DEMO="1" if self.kind.is_demo else "0",
            SCHOOLGATE_PORT=str(self.port),
            SCHOOLGATE_MAIL_PORT=str(self.mail_port),
            SCHOOLGATE_SECRET_KEY=secret_key(self.data),
            PYTHONUNBUFFERED="1",
        )
        known.pop("DATABASE_OWNER_URL", None)
        return known


def start(kind: Kind, words: list[str]) -> int:
    """Start an installation, keep it running until asked to stop, and return the exit code."""
    chosen = read_words(kind, words)
    _raise_on_signals()
    try:
        data = place.settle(kind.name, chosen.data)
        with held(data):
            _refuse_taken_port(chosen.port)
            _refuse_taken_port(chosen.port + 1)
            postgres = None if env.text("DATABASE_URL") else Postgres(data)
            _keep(Installation(kind, data, chosen.port, postgres))
    except MachineError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(sentence_of(error), file=sys.stderr)
        return 1
    except StopAsked:
        pass
    return 0


def read_words(kind: Kind, words: list[str]) -> argparse.Namespace:
    """--port and --data, or PORT and DATA from the environment."""
    parser = argparse.ArgumentParser(prog=f"schoolgate {'run' if kind.is_demo else 'serve'}")
    parser.add_argument("--port", type=int, default=env.number("PORT", 8000))
    given = env.text("DATA").strip()
    parser.add_argument("--data", type=Path, default=Path(given) if given else None)
    chosen = parser.parse_args(words)
    if not 1024 <= chosen.port <= 65534:
        parser.error("the port must be between 1024 and 65534; mail is taken on the one after it.")
    return chosen


def secret_key(data: Path) -> str:
    """What sessions and links are signed with: random, kept with the data."""
    kept = data / "secret-key"
    if not kept.exists():
        write_private(kept, secrets.token_urlsafe(48), Postgres(data).user)
    return kept.read_text()


def _keep(installation: Installation) -> None:
    try:
        prepare(installation)
        _loop(installation)
    finally:
        _hold_signals()
        if installation.postgres:
            installation.postgres.stop(patience=0.8)


def prepare(installation: Installation) -> None:
    """Bring the database up, of the right kind and with its tables up to date."""
    postgres, kind = installation.postgres, installation.kind
    if postgres:
        postgres.start()
        if not (postgres.data / "roles-made").exists():
            databases.make_roles(postgres)
            databases.make_database(postgres, mark=kind.mark)
            write_private(postgres.data / "roles-made", "", postgres.user)
        kinds.refuse_other_kind(databases.mark(postgres), kind.mark)
    else:
        check = (sys.executable, "-m", "config.machine.role_check", kind.mark)
        _run("role check", check, installation)
    _migrate(installation)
    if kind.is_demo:
        _once(installation, "demo-loaded", "1", (*VERB, "load-demo"))


def _migrate(installation: Installation) -> None:
    if not installation.owner_url:
        print("DATABASE_OWNER_URL is not set, so the tables are taken as they are.")
        return
    state = f"{migrations.digest()} {installation.owner_url.rpartition('@')[2]}"
    _once(installation, "migrated", state, migrations.MIGRATE, DATABASE_URL=installation.owner_url)


def _once(
    installation: Installation, name: str, state: str, command: tuple[str, ...], **more: str
) -> None:
    """Run a step unless it was done before in this state; a step that fails was not done."""
    done = installation.data / name
    if done.exists() and done.read_text() == state:
        return
    _run(name, command, installation, **more)
    write_private(done, state, Postgres(installation.data).user)


def _run(name: str, command: tuple[str, ...], installation: Installation, **more: str) -> None:
    child = subprocess.Popen(
        command,
        env=installation.environment() | more,
        cwd=env.ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=respawning.prepare_child,
    )
    try:
        code = child.wait()
    except BaseException:
        child.terminate()
        _wait_or_kill(child)
        raise
    if code:
        raise MachineError(f"Schoolgate did not start: the step `{name}` failed, see above.")


def _wait_or_kill(child: "subprocess.Popen[bytes]") -> None:
    try:
        child.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _loop(installation: Installation) -> None:
    manager = respawning.QuietManager()
    for verb in KEPT:
        manager.add(verb, [*VERB, verb], installation.environment())
    watch = threading.Thread(target=_watch, args=(installation, manager), daemon=True)
    signal.signal(signal.SIGHUP, lambda *_: manager.terminate())
    watch.start()
    manager.loop()
    watch.join(timeout=0.5)  # what it may be starting ends with this process


def _welcome(installation: Installation) -> str:
    """Where to begin; in the demo also where mail goes in and out."""
    pages = f"http://{HOST}:{installation.port}"
    if not installation.kind.is_demo:
        return f"Schoolgate is at {pages}/  (Ctrl-C ends it)"
    return (
        f"Schoolgate is at {pages}/enter/  (Ctrl-C ends it)\n"
        f"  Emails that would have left: {pages}/outbox/\n"
        f"  Emails come in by SMTP:      {HOST}:{installation.port + 1}"
    )


def _watch(installation: Installation, manager: respawning.QuietManager) -> None:
    """Say the address once pages are served; start the database again when it has died."""
    announced, said = False, ""
    while not manager.stopping.wait(0.25):
        if not announced and _answers(installation.port):
            print(_welcome(installation))
            sys.stdout.flush()
            announced = True
        if installation.postgres and not installation.postgres.is_alive():
            said = _restart(installation.postgres, manager, said)
        elif installation.postgres:
            installation.postgres.keep_log_small()


def _restart(postgres: Postgres, manager: respawning.QuietManager, said: str) -> str:
    """Start it again; why that fails is said once, and it is tried until it works."""
    if not said:
        print("The database ended; it is started again.", flush=True)
    try:
        postgres.start()
    except (MachineError, OSError) as error:
        why = sentence_of(error) if isinstance(error, OSError) else str(error)
        if why != said:
            print(why, file=sys.stderr, flush=True)
        manager.stopping.wait(2)
        return why
    return ""


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise TakenError(
                f"Port {port} is already in use. Choose another with PORT= (pages are served on "
                "PORT, mail is taken on the port after it)."
            ) from error


def _raise_on_signals() -> None:
    def ask(number: int, frame: FrameType | None) -> None:
        raise StopAsked

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)


def _hold_signals() -> None:
    """While stopping, a second Ctrl-C changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
