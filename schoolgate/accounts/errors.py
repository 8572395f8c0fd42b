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
    """That place is not shown to be yours. Sign in by an emailed code, or with its card."""


class SamePerson(AccountsError):
    """Another person has to decide this: not the one who asked, and not the one it is for."""


class AlreadyDecided(AccountsError):
    """Somebody has decided this already."""


class AddressTaken(AccountsError):
    """This address signs in somebody else already."""
