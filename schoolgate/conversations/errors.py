"""Why something can't be done to a conversation; each class docstring is the sentence."""


class ConversationError(Exception):
    """This can't be done to this conversation."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NotFromHere(ConversationError):
    """The conversation has moved on in the meantime. Please look at it again."""


class NothingWritten(ConversationError):
    """There is nothing written yet. A few words are enough."""


class DecidedAlready(ConversationError):
    """Somebody has decided this in the meantime."""


class NoAccess(ConversationError):
    """This team member has no access at present, so nothing can be handed to them."""


class DayTooFar(ConversationError):
    """A day can be named up to five working days ahead, and not in the past."""


class ReasonMissing(ConversationError):
    """Please give a reason; the family can see it."""


class FileOfSeveral(ConversationError):
    """This file may hold other children’s data. Leave it out, or add it again and say why."""


class AttachmentTooLarge(ConversationError):
    """This file is too large."""


class NotOneOfYours(ConversationError):
    """This child is not one whose news you receive."""


class NothingToSeparate(ConversationError):
    """Please choose some of the family's messages, and leave at least one where it is."""


class NotTheSameMatter(ConversationError):
    """These can't be joined: both must be open, of one kind, with one adult, about one child."""


class CannotBeReleased(ConversationError):
    """This file can't be released: it has a virus, or has not been looked through yet."""


class IsAway(ConversationError):
    """This colleague is away, and would leave the family waiting."""


class AboutThem(ConversationError):
    """It is about this colleague, so they can't have it."""


class LeaderAnswersFirst(ConversationError):
    """A leader was asked and has not answered yet. Their answer comes first."""


class WordsFromLeader(ConversationError):
    """A leader gives you the words for this answer. They are not here yet, or are others."""


class NotGuided(ConversationError):
    """Words are given where a leader has a text. This conversation has none."""


class NotAFamilysText(ConversationError):
    """Only what a family wrote can be kept."""


class NotTheKeeper(ConversationError):
    """Only the leader who has the text gives words for its answer."""


class WithALeader(ConversationError):
    """A leader has been asked. They give it on themselves, with a reason that the family reads."""


class NotASchoolLine(ConversationError):
    """Calls are made on the school's lines. On a private telephone, please say why."""


class NumberNotKept(ConversationError):
    """Please leave the mobile number out: it is neither this family's nor the school's."""


class NotYet(ConversationError):
    """A call is written down after it began, and within a month."""


class PromisedForThePast(ConversationError):
    """What was promised is for a moment after the call."""


class RingFirst(ConversationError):
    """Urgent? Please ring first and write it down here. Or say why you write instead."""


class NotToBeRung(ConversationError):
    """This family asked not to be rung. Ring only if you have to, and say that you are sure."""


class CannotConnect(ConversationError):
    """This number can't be rung from here. Please ring it from a school telephone."""


class EndedAlready(ConversationError):
    """This call-back has ended in the meantime."""


class NotAnAnswer(ConversationError):
    """This is not an answer of the school. Please look at it again."""


class InHandAlready(ConversationError):
    """Somebody is at it already. If it did answer you, please write so in a word."""


class TooLongAgo(ConversationError):
    """This answer is too long ago for one press. Please write, or ask the headteacher."""


class NobodyElse(ConversationError):
    """Whoever would read this is somebody it is about. Please tell us by letter or by phone."""
