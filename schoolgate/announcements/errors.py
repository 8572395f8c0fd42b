"""Why something can't be done to an announcement; each class docstring is the sentence."""


class AnnouncementError(Exception):
    """This can't be done to this announcement."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NotFromHere(AnnouncementError):
    """The announcement has moved on in the meantime. Please look at it again."""


class NothingWritten(AnnouncementError):
    """A subject and some words are needed before it can go."""


class NobodyChosen(AnnouncementError):
    """Please say first whom it is for."""


class NotFilledIn(AnnouncementError):
    """There is still a gap in square brackets to fill in."""


class ReasonMissing(AnnouncementError):
    """Please give a reason; who asked for it can see it."""


class NotYourChildren(AnnouncementError):
    """You can write to the families of children with whom you work; the office sends to others."""


class OnlyTheOffice(AnnouncementError):
    """Texts and letters are sent by the office. You can ask for them here."""


class SafetyByOthers(AnnouncementError):
    """What is about safety goes whatever is held back, so the office or a leader sends it."""


class NotUrgentByYou(AnnouncementError):
    """Something urgent is sent by those whom the school has named. Please ring the office."""


class InThePast(AnnouncementError):
    """Please choose a time that is still to come."""


class TooLateToUndo(AnnouncementError):
    """It has gone already. You can send a correction to exactly those who got it."""


class NotAsked(AnnouncementError):
    """This does not ask for an answer."""


class DayHasPassed(AnnouncementError):
    """The day for answering has passed. Please ring or write to the school."""


class NotForThem(AnnouncementError):
    """This person was not written to about this child."""


class DaysNotEntered(AnnouncementError):
    """Nothing was sent: the days for the calendar could not be read."""
