"""Coverage-led fuzzing of the reader and the stripper: `python -m … reader|stripper DIR -runs=N`.

A process of its own, as the fuzzer never returns. The directory holds mails to begin with.
"""

import sys

import atheris

with atheris.instrument_imports(include=["schoolgate.inbound.mail"]):
    from schoolgate.inbound.mail.quoting import fold
    from schoolgate.inbound.mail.reading import read

KINDS = {"message", "automatic", "bounce", "unreadable"}


def try_reader(raw: bytes) -> None:
    """Any bytes are read, or said to be unreadable for a reason of their own."""
    found = read(raw)
    assert found.kind in KINDS
    assert not any(problem.startswith("It could not be read") for problem in found.problems)
    for text in (found.text, found.reply, found.folded, found.subject, found.sender_name):
        assert "\0" not in text
        text.encode()


def try_stripper(raw: bytes) -> None:
    """No word is lost, whatever is folded."""
    chosen, text = raw[:1], raw[1:].decode("utf-8", "replace")
    quotes = ((1, 3), (2, 9)) if chosen > b"\x80" else ()
    found = fold(text, quotes=quotes, answers=chosen > b"\x40")
    assert sorted(f"{found.shown}\n{found.folded}".split()) == sorted(text.split())


if __name__ == "__main__":
    tried = try_reader if sys.argv[1] == "reader" else try_stripper
    atheris.Setup([sys.argv[0], *sys.argv[2:]], tried)
    atheris.Fuzz()
