"""The console command `schoolgate`: our verbs first, Django's behind.

A verb is a module in `config.verbs` with a function `main(arguments) -> exit code`. It is loaded
only when it is asked for, so `schoolgate due` needs no database and the supervisor stays small.
"""

import importlib
import os
import sys

# verb -> (module, what it does, in a sentence for the one who runs it)
VERBS: dict[str, tuple[str, str]] = {
    "run": ("config.verbs.run", "Show Schoolgate with two schools of fictional people."),
    "serve": ("config.verbs.serve", "Serve a real school: empty at first, no entry page."),
    "school": ("config.verbs.school", "check, open, calendar: a school's settings and days."),
    "people": ("config.verbs.people", "people import FOLDER: pupils, carers, links, team, groups."),
    "drill": (
        "config.verbs.drill",
        "Play a day that goes wrong; say where it fails.",
    ),
    "due": ("config.verbs.due", "Say by when a message received at a time must be answered."),
    "clauses": ("config.verbs.clauses", "List the policies' clauses and the tests behind each."),
    "doctor": ("config.verbs.doctor", "Say in sentences what is wrong with this installation."),
    "doctor-mail": (
        "config.verbs.doctor_mail",
        "Also `doctor mail DOMAIN`: whether its email arrives.",
    ),
    "backup": ("config.verbs.backup", "Write everything, files included, into one file."),
    "backup-key": ("config.verbs.backup_key", "Make the key that backups are sealed for."),
    "restore": ("config.verbs.restore", "Bring a backup into an empty installation."),
    "new-key": ("config.verbs.new_key", "Replace the secret key; the one before counts on."),
    "receive-email": ("config.verbs.receive_email", "Take one email from standard input."),
    "read-email": ("config.verbs.read_email", "Show how an email would be read; keeps nothing."),
    "web": ("config.verbs.web", "One of the three processes: the pages."),
    "worker": ("config.verbs.worker", "One of the three processes: jobs and what is due."),
    "listen": ("config.verbs.listen", "One of the three processes: takes mail by SMTP."),
    "together": ("config.verbs.together", "The three processes, loaded once, on one machine."),
    "load-demo": ("config.verbs.load_demo", "Fill a demo database with fictional people."),
}
# These verbs work with the rooms' rows, so Django is set up before their module is loaded.
# `people` and `school open` first enter an installation (config/machine/inside.py).
WITH_DJANGO = frozenset({"load-demo", "receive-email", "listen", "worker", "doctor-mail"})


def main(arguments: list[str] | None = None) -> None:
    """Run one verb and leave with its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview())
        sys.exit(0)
    if words[:2] == ["doctor", "mail"]:
        words = ["doctor-mail", *words[2:]]
    if words[0] in WITH_DJANGO:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        importlib.import_module("django").setup()
    if words[0] in VERBS:
        sys.exit(importlib.import_module(VERBS[words[0]][0]).main(words[1:]))
    sys.exit(run_django(words))


def overview() -> str:
    """The page that `schoolgate --help` prints."""
    width = max(map(len, VERBS)) + 2
    lines = ["Schoolgate: communication between schools and families, as the policy promises.", ""]
    lines += [f"  {verb:<{width}}{words}" for verb, (_, words) in VERBS.items()]
    lines += [
        "",
        "schoolgate VERB --help says more. Any other word goes to Django (migrate, shell …).",
    ]
    return "\n".join(lines)


def run_django(words: list[str]) -> int:
    """Hand a word that is not ours to Django's own command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    importlib.import_module("django.core.management").execute_from_command_line(
        ["schoolgate", *words]
    )
    return 0
