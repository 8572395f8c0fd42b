"""`schoolgate doctor`: what is wrong with this installation, in sentences."""

import argparse
import datetime as dt
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from config import env
from config.machine import migrations, place
from config.machine.apart import apart
from config.machine.errors import MachineError
from config.machine.role_check import refuse_a_powerful_role
from config.machine.standing import Standing, add_installation, standing

LEAST_ROOM = 1_000_000_000  # bytes
LONGEST_WAIT = 15  # minutes that a job may be overdue
SILENCE = 60  # seconds since the worker's last sign of life
CLOCK = 5.0  # seconds between the machine's clock and the database's
INSIDE = (
    "import django; django.setup(); from config.verbs import doctor_inside, doctor_senders; "
    "doctor_inside.main(); doctor_senders.main()"
)

OVERDUE = f"""SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'
AND coalesce(scheduled_at, (SELECT min(at) FROM procrastinate_events e
WHERE e.job_id = procrastinate_jobs.id)) < now() - interval '{LONGEST_WAIT} minutes'"""
FAILED = """SELECT task_name || ' (' || count(*) || ')' FROM procrastinate_jobs
WHERE status = 'failed' GROUP BY task_name ORDER BY task_name"""
STALLED = f"""SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w
ON w.id = j.worker_id WHERE j.status = 'doing'
AND coalesce(w.last_heartbeat, '-infinity') < now() - interval '{SILENCE} seconds'"""
WORKING = f"""SELECT count(*) FROM procrastinate_workers
WHERE last_heartbeat > now() - interval '{SILENCE} seconds'"""


# In PostgreSQL's own order an error ranks below "log" in its log.
LOGS_NO_ROWS = """SELECT current_setting('log_statement') = 'none'
AND current_setting('log_min_duration_statement') = '-1'
AND current_setting('log_min_error_statement') = 'panic'
AND (current_setting('log_min_messages') IN ('log', 'fatal', 'panic'))
AND current_setting('log_parameter_max_length') IN ('0', '0B')
AND current_setting('log_parameter_max_length_on_error') IN ('0', '0B')"""


def main(arguments: list[str]) -> int:
    """Say what is wrong, or that nothing is; 1 if anything is."""
    parser = argparse.ArgumentParser(
        prog="schoolgate doctor",
        epilog="`schoolgate doctor mail DOMAIN` says whether email of a domain arrives.",
    )
    add_installation(parser)
    chosen = parser.parse_args(arguments)
    return apart(lambda: _work(chosen))


def _work(chosen: argparse.Namespace) -> None:
    data = place.settle("demo" if chosen.demo else "school", chosen.data)
    with standing(data) as found:
        wrong = [sentence for check in CHECKS for sentence in check(found)]
    if wrong:
        raise MachineError("\n".join(wrong))
    print("All is well: database, tables, jobs, mail, disk, clock and calendars.")


def role(found: Standing) -> list[str]:
    """The database answers, to a role that row-level security holds."""
    try:
        refuse_a_powerful_role(found.url)
    except MachineError as error:
        return [str(error)]
    return []


def database_log(found: Standing) -> list[str]:
    """The database's own log holds no row values: an error tells the row, and its words."""
    quiet = found.ask(LOGS_NO_ROWS)
    if quiet == "t":
        return []
    return [
        "The database's own log may hold what families wrote. On its machine set log_min_messages "
        "to log, log_min_error_statement to panic, log_error_verbosity to terse, log_statement to "
        "none, log_min_duration_statement to -1, and log_parameter_max_length and "
        "log_parameter_max_length_on_error to 0; then remove its old logs."
    ]


def tables_and_calendars(found: Standing) -> list[str]:
    """What only Django can tell: see doctor_inside and doctor_senders."""
    done = subprocess.run(
        [sys.executable, "-c", INSIDE],
        env=migrations.environment(found.owner_url, SCHOOLGATE_DATA=str(found.data)),
        cwd=env.ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return [f"The tables could not be judged: {done.stderr.strip().splitlines()[-1]}"]
    return done.stdout.splitlines()


def jobs(found: Standing) -> list[str]:
    """Jobs that wait too long, failed for good, or hang on a worker that is gone."""
    if found.ask("SELECT to_regclass('procrastinate_jobs') IS NULL") == "t":
        return []  # the tables' own check says it
    wrong = []
    if (count := found.ask(OVERDUE)) != "0":
        wrong.append(
            f"{count} jobs have waited over {LONGEST_WAIT} minutes. Is the worker running?"
        )
    if failed := found.ask(FAILED).splitlines():
        wrong.append(f"Jobs have failed for good: {', '.join(failed)}.")
    if (count := found.ask(STALLED)) != "0":
        wrong.append(f"{count} jobs hang on a worker that is gone; the next worker takes them up.")
    return wrong


def worker(found: Standing) -> list[str]:
    """Somebody does the jobs, where the supervisor runs."""
    if found.ask("SELECT to_regclass('procrastinate_workers') IS NULL") == "t":
        return []
    if not found.supervised or found.ask(WORKING) != "0":
        return []
    return ["Schoolgate is running, but its worker has given no sign of life for a minute."]


def mail(found: Standing) -> list[str]:
    """The mail server can be reached."""
    url = env.text("SCHOOLGATE_EMAIL_URL").strip()
    if not url:
        return [] if found_is_demo(found) else ["SCHOOLGATE_EMAIL_URL is not set: no email leaves."]
    parts = urlsplit(url)
    if not parts.hostname:
        return []  # the demo's own outbox
    port = parts.port or (465 if parts.scheme == "smtps" else 587)
    try:
        socket.create_connection((parts.hostname, port), timeout=5).close()
    except OSError as error:
        return [f"The mail server {parts.hostname}:{port} does not answer: {error}."]
    return []


def found_is_demo(found: Standing) -> bool:
    """Whether the people in it are fictional."""
    return found.ask(
        "SELECT shobj_description(oid, 'pg_database') = 'schoolgate:demo' FROM pg_database "
        "WHERE datname = current_database()"
    ) == "t"  # fmt: skip


def disk(found: Standing) -> list[str]:
    """There is room left for data and files."""
    left = shutil.disk_usage(found.data).free
    if left >= LEAST_ROOM:
        return []
    return [f"Only {left // 1_000_000} MB are free on the disk that holds {found.data}."]


def clock(found: Standing) -> list[str]:
    """Machine and database agree about the time, since promises are counted by it."""
    there = dt.datetime.fromtimestamp(float(found.ask("SELECT extract(epoch FROM now())")), dt.UTC)
    apart_by = abs((dt.datetime.now(dt.UTC) - there).total_seconds())
    if apart_by <= CLOCK:
        return []
    return [f"This machine's clock and the database's differ by {apart_by:.0f} seconds."]


# Whoever adds a part that can go wrong unseen adds a function here: it returns sentences, or none.
CHECKS: list[Callable[[Standing], list[str]]] = [
    role,
    database_log,
    tables_and_calendars,
    jobs,
    worker,
    mail,
    disk,
    clock,
]
