"""`schoolgate clauses`: every clause of the policies and the tests behind it."""

import argparse
import json
import sys
from pathlib import Path

from schoolgate.policy.proof import Proof, proofs

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Print the register with what stands behind each clause; 1 if a test file cannot be read."""
    parser = argparse.ArgumentParser(prog="schoolgate clauses", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    options = parser.parse_args(arguments)
    try:
        found = proofs(ROOT)
    except (SyntaxError, ValueError, OSError) as error:
        print(f"The tests cannot be counted: {error}", file=sys.stderr)
        return 1
    print(json.dumps([as_object(one) for one in found], indent=2) if options.json else page(found))
    return 0


def as_object(proof: Proof) -> dict[str, str | int | bool]:
    """One clause with the number of tests and breaks behind it."""
    return {
        "id": proof.clause.id,
        "words": proof.clause.words,
        "schools": proof.clause.schools,
        "setting": proof.clause.setting,
        "tests": proof.tests,
        "breaks": proof.breaks,
        "shown": proof.shown,
    }


def page(found: list[Proof]) -> str:
    """The register as a table for a person."""
    lines = [f"{'clause':<12}{'schools':<9}{'tests':>5}{'breaks':>8}  shown  words"]
    lines += [
        f"{one.clause.id:<12}{one.clause.schools:<9}{one.tests:>5}{one.breaks:>8}  "
        f"{'yes' if one.shown else '-':<7}{one.clause.words}"
        for one in found
    ]
    shown = sum(one.shown for one in found)
    return "\n".join([*lines, "", f"{shown} of {len(found)} clauses are shown."])
