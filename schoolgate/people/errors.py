"""What can be wrong with people; each class docstring is the sentence."""


class PeopleError(Exception):
    """Something about these people does not fit."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class AlreadyEnded(PeopleError):
    """This person's access has ended already."""


class LinkedAlready(PeopleError):
    """This carer is linked to this child already."""


class NotThemselves(PeopleError):
    """Nobody can be their own cover or line leader."""


class NoAccessNow(PeopleError):
    """This team member has no access now."""


class ByTheHead(PeopleError):
    """Only the head changes this for somebody who sees most."""


class LastHead(PeopleError):
    """The school has no other head; name the new one first."""


class NotANumber(PeopleError):
    """That is not a telephone number; nothing was changed."""


class SameRoute(PeopleError):
    """This number is there already."""


class TooYoung(PeopleError):
    """This is asked of young people of 16 and over."""


class NotInAHousehold(PeopleError):
    """Somebody of the placing authority is never part of a household."""


class HalfQuietHours(PeopleError):
    """Quiet hours need both ends: from when, and until when."""


class AddressProtected(PeopleError):
    """Where somebody of this household lives is protected: no address is kept here."""


class NoCoverNoReason(PeopleError):
    """Say who has the work meanwhile, or why nobody can; then it is recorded as it is."""


class BackBeforeGone(PeopleError):
    """The last moment away must come after the first."""


class AwayAlready(PeopleError):
    """Somebody has recorded this already: end that absence first."""


class CoverIsAway(PeopleError):
    """The colleague who is to cover is away too, or has no access."""


class HoldReasonMissing(PeopleError):
    """Please write down why this is held back."""


class ReviewTooLate(PeopleError):
    """Holding back is looked at again within one working day."""


class NotOnePersonsChild(PeopleError):
    """This person is not an adult of this child."""


class BarNeedsName(PeopleError):
    """Please write who may not come onto the site."""


class BarReasonMissing(PeopleError):
    """Please write down why they may come onto the site again."""


class WeekdayMissing(PeopleError):
    """Please choose at least one day of the week."""


class EndsBeforeItBegins(PeopleError):
    """The last day must not come before the first."""


class NoSchoolOnThatDay(PeopleError):
    """There is no school on one of these days."""


class LaterThanTheSchool(PeopleError):
    """That is later than the school's own home time. Please say so if it is a club."""


class OtherChildNamed(PeopleError):
    """Another child may be named here. Take the name out, or say why it has to stand there."""


class EndReasonMissing(PeopleError):
    """Please say why; nothing has changed."""


class NotThatDay(PeopleError):
    """It can be taken back on the same day only. Please enter it anew."""


class StandsDifferently(PeopleError):
    """Somebody has entered something else since. Please look at the page again."""
