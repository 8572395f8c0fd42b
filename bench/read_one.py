"""One mail read and printed as `schoolgate read-email --json` does, for a process of its own."""

import sys

from config.verbs.read_email import main

sys.exit(main([sys.argv[1], "--json"]))
