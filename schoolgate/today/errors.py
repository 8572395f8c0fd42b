"""Why something for today was not possible; each class docstring is the sentence."""


class TodayError(Exception):
    """That is not possible here."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class NotAnyMore(TodayError):
    """That has changed in the meantime. Please look again."""


class NameNeeded(TodayError):
    """Please write who collects."""


class NotThisChild(TodayError):
    """You can't say this for that child here. Please ring the school."""


class WordsNeeded(TodayError):
    """Please write a few words."""


class NotThisNumber(TodayError):
    """Only a number that the school knew before counts, and never the one that asked."""


class ReasonNeeded(TodayError):
    """Please say why. It stays with the head and the safeguarding lead."""


class NotOnTheList(TodayError):
    """This child is not on the list any more."""
