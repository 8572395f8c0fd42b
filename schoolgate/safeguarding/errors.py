"""Why a concern could not be kept or taken further; each class docstring is the sentence."""


class SafeguardingError(Exception):
    """The concern could not be kept."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NothingWritten(SafeguardingError):
    """There is nothing written yet. A few words are enough."""


class NotNow(SafeguardingError):
    """That can't be done at this point. Somebody may have been quicker: see below."""


class ReasonMissing(SafeguardingError):
    """Please say why, in a few words."""


class NamedInVain(SafeguardingError):
    """You named an adult. Choose that it is about an adult who works here, or name nobody."""


class ActionsOpen(SafeguardingError):
    """An action is not done yet. Say that it is done, or what came of it, before closing."""


class SamePerson(SafeguardingError):
    """Somebody else has to look at this: not the person who closed it."""


class NobodyLeft(SafeguardingError):
    """Somebody must be left who can read this."""


class NotTheirs(SafeguardingError):
    """Only somebody who holds a safeguarding role can be on call."""


class WrongOrder(SafeguardingError):
    """It must begin before it ends."""


class NotFound(SafeguardingError):
    """Nothing is held about this child beyond what you can read."""


class ReadFirst(SafeguardingError):
    """Something new was said about this child. Please open and read the concern first."""
