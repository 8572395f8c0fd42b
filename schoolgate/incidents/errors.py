"""Why something could not be written, told or held back; each class docstring is the sentence."""


class IncidentError(Exception):
    """That is not possible here."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NotFromHere(IncidentError):
    """It stands differently now: please look at the page again."""


class NothingWritten(IncidentError):
    """Please write what happened."""


class InTheFuture(IncidentError):
    """This has not happened yet: please look at the day and the time."""


class NobodyToTalkTo(IncidentError):
    """Whom the family can talk to has no access here now. Please name somebody else."""


class NobodyEntitled(IncidentError):
    """Nobody may be told of this as the links and orders stand. Please ask the office."""


class SayHow(IncidentError):
    """Please write what was said, and when."""


class HoldReasonMissing(IncidentError):
    """Please write the risk of significant harm that you see."""


class ReviewTooLate(IncidentError):
    """Please look at it again within seven days: name a day from tomorrow on."""


class ForTheLead(IncidentError):
    """The safeguarding lead or a deputy decides this."""


class WasThere(IncidentError):
    """You were there or wrote this. The other safeguarding lead decides whether it is held back."""


class ToldAlready(IncidentError):
    """They have been told already."""


class NotTheReader(IncidentError):
    """Somebody else was asked to read it."""
