"""Why somebody cannot sign in or be invited; each class docstring is the sentence."""


class AccountsError(Exception):
    """Something about this way in does not fit."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class CardNotGood(AccountsError):
    """This card does not work. It may have been used or be too old; the office prints a new one."""


class NotTheirAddress(AccountsError):
    """This person does not use that address."""


class NotTheirs(AccountsError):
    """That is not yours to decide or to join."""


class SamePerson(AccountsError):
    """Another person has to decide this: not the one who asked, and not the one it is for."""


class TooNew(AccountsError):
    """Who decides this has to have held their role for a week."""


class TiedToTheAsker(AccountsError):
    """Somebody else has to decide: one of you two made, carded or reset the other's account."""


class StillWaits(AccountsError):
    """Whoever it is for can stop this for an hour. A safeguarding lead who met them shortens it."""


class TwoPeople(AccountsError):
    """They lead, run the office or read sealed things: one person asks, another one decides."""


class AlreadyDecided(AccountsError):
    """Somebody has decided this already."""


class AddressTaken(AccountsError):
    """This address signs in somebody else already."""
