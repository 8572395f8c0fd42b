"""The slots of a saved reply, filled for one family; pure."""


def filled(words: str, *, name: str, child: str) -> str:
    """The words with their slots filled; any other brace stays as it was written.

    A name that looks like a slot is not filled again.
    """
    parts = words.split("{name}")
    return name.join(part.replace("{child}", child) for part in parts)
