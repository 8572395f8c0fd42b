"""How long a warm start takes (installed and migrated), and how long a stop."""

from statistics import median

from bench.demo import loaded

ROUNDS = 5


def measure() -> dict[str, float]:
    """Start and stop a demo that is loaded; medians of five, in seconds."""
    starts, stops = [], []
    with loaded() as demo:
        for _ in range(ROUNDS):
            starts.append(demo.start())
            stops.append(demo.stop())
            print(f"page served after {starts[-1]:.2f} s, all gone after {stops[-1]:.2f} s")
    return {"warm_start_s": round(median(starts), 2), "stop_s": round(median(stops), 2)}
