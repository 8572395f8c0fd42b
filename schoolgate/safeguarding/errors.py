"""Why a concern could not be kept; each class docstring is the sentence."""


class SafeguardingError(Exception):
    """The concern could not be kept."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NothingWritten(SafeguardingError):
    """There is nothing written yet. A few words are enough."""
