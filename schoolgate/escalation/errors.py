"""Why something could not be taken further; each class docstring is the sentence."""


class EscalationError(Exception):
    """That is not possible here."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NotFromHere(EscalationError):
    """This is settled, or has gone on: that can't happen to it any more."""


class ReasonNeeded(EscalationError):
    """Say why: the family will read it."""


class SkipNeedsReason(EscalationError):
    """You pass over a step of the ladder: say why."""


class NobodyThere(EscalationError):
    """Nobody who may have it is there now. Choose somebody else."""


class WithThemAlready(EscalationError):
    """They have it already."""
