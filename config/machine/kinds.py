"""What a database is for: a demo of fictional people, or a real school. Marked at its creation."""

from config.machine.errors import WrongKindError

DEMO = "schoolgate:demo"
REAL = "schoolgate:real"


def refuse_other_kind(found: str, wanted: str) -> None:
    """Stop `serve` on a demo, and `run` on anything that is not marked as a demo."""
    if wanted == REAL and found == DEMO:
        raise WrongKindError(
            "This database is a demo with fictional people; `serve` does not serve it. Choose "
            "another folder with DATA=, or look at the demo with `run`."
        )
    if wanted == DEMO and found != DEMO:
        raise WrongKindError(
            "This database is not a demo: it may hold a real school, and `run` would let anybody "
            "in. Choose another folder with DATA=, or serve it with `serve`."
        )
