"""CPU time of a process with everything that it started, also of what has ended since."""

import psutil


def used(pid: int) -> float:
    """Seconds of CPU so far, of a process, its living descendants and those it has waited for."""
    total = 0.0
    for one in _family(pid):
        try:
            times = one.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _family(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []
