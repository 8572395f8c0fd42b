"""Why good news could not be told; each class docstring is the sentence."""


class GoodNewsError(Exception):
    """That is not possible here."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NothingWritten(GoodNewsError):
    """Please write what was good."""


class NobodyEntitled(GoodNewsError):
    """Nobody may receive news of this child now. The office can tell you more."""
