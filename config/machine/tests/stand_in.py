"""Runs the real supervisor on stand-ins for the three processes, so that its tests are quick."""

import sys

from config.machine import migrations, supervisor

PROCESS = """
import http.server, os, sys, time
if sys.argv[1] == "web":
    here = ("127.0.0.1", int(os.environ["SCHOOLGATE_PORT"]))
    http.server.HTTPServer(here, http.server.SimpleHTTPRequestHandler).serve_forever()
if sys.argv[1] in {"worker", "listen"}:
    time.sleep(3600)
"""


def main() -> int:
    """`run` or `serve` with nothing to migrate and stand-ins to keep running."""
    supervisor.KEPT = ("web", "worker", "listen")
    supervisor.VERB = (sys.executable, "-c", PROCESS)
    migrations.MIGRATE = (sys.executable, "-c", "")
    kind = supervisor.DEMO if sys.argv[1] == "run" else supervisor.REAL
    return supervisor.start(kind, sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
