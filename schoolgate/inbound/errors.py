"""Why a mail is not taken or filed; each class docstring is the sentence."""


class InboundError(Exception):
    """This mail can't be taken."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class UnknownRecipient(InboundError):
    """Nobody here has this address."""


class CannotTakeNow(InboundError):
    """Nothing can be kept at the moment; please send it again later."""


class FiledAlready(InboundError):
    """Somebody has filed this in the meantime."""


class NotTheirs(InboundError):
    """This person may not receive news of that child, or not see that conversation, at present."""


class SenderNotConfirmed(InboundError):
    """Nobody could confirm who sent it, and that conversation is sensitive. Please ring first."""


class ReasonMissing(InboundError):
    """Please say in a few words why this is not for us."""


class NothingToAdd(InboundError):
    """Please add the recording, or type what it says."""


class RangInTheFuture(InboundError):
    """That time has not come yet. When did they ring?"""
