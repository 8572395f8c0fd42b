"""Work apart: a file is opened here, with our rights, and the work on it is done without them."""

import os
import sys
import traceback
from collections.abc import Callable

from config.machine.errors import MachineError


def apart(work: Callable[[], None]) -> int:
    """Do the work in a process of its own that may give up its rights; return its exit code."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        work()
        code = 0
    except MachineError as error:
        print(error, file=sys.stderr)
    except BaseException:  # noqa: BLE001 - nothing may leave this process but its exit code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
