"""`schoolgate school`: what concerns a school's settings file."""

import importlib
import sys

# sub-verb -> (module, what it does); a module is loaded when it is asked for, and has a `main`
SUB_VERBS: dict[str, tuple[str, str]] = {
    "check": ("config.verbs.school_check", "FILE: say what was read, or everything that is wrong."),
    "calendar": (
        "config.verbs.school_calendar",
        "SLUG FILE: bring in terms, closures and INSET days; says first what differs.",
    ),
    "open": ("config.verbs.school_open", "FILE: open a real school with its first office account."),
}


def main(arguments: list[str]) -> int:
    """Hand over to the sub-verb; 2 if there is none of that name."""
    if arguments and arguments[0] in SUB_VERBS:
        module = importlib.import_module(SUB_VERBS[arguments[0]][0])
        exit_code: int = module.main(arguments[1:])
        return exit_code
    asked_for_help = bool(arguments) and arguments[0] in {"-h", "--help"}
    print(overview(), file=sys.stdout if asked_for_help else sys.stderr)
    return 0 if asked_for_help else 2


def overview() -> str:
    """The sub-verbs, a line each."""
    return "\n".join(f"schoolgate school {verb} {words}" for verb, (_, words) in SUB_VERBS.items())
