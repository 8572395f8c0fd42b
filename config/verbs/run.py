"""`schoolgate run`: the demo."""

from config.machine import supervisor


def main(arguments: list[str]) -> int:
    """Show Schoolgate with two schools of fictional people, until Ctrl-C."""
    return supervisor.start(supervisor.DEMO, arguments)
