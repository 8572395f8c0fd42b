"""`python -m bench [NAME]`: run one bench, or all; each prints, last, one JSON object."""

import importlib
import json
import sys

BENCHES = {
    "size": "bench.size",
    "memory": "bench.memory",
    "start": "bench.start",
    "fanout": "bench.fanout",
    "urgent": "bench.urgent",
    "growth": "bench.growth",
    "slow_host": "bench.slow_host",
    "workers": "bench.workers",
    "reading": "bench.reading",
    "taking": "bench.taking",
    "worries": "bench.worries",
    "sweep": "bench.sweep",
    "desks": "bench.desks",
    "slow_clients": "bench.slow_clients",
}


def main(arguments: list[str]) -> int:
    """Run what was asked for; an unknown name is said with the known ones."""
    names = arguments or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no bench {unknown[0]!r}. There are: {', '.join(BENCHES)}.")
        return 2
    for name in names:
        print(f"== {name}", flush=True)
        print(json.dumps({"bench": name, **importlib.import_module(BENCHES[name]).measure()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
