"""News goes up by hooks: a lower room declares one, `config/wiring.py` registers the upper verb."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """A place where an upper room's verb is called, in the same transaction, in a fixed order.

    An error of a registered verb is the caller's error. A house rule checks that each is wired.
    """

    declared: list["Hook[...]"] = []

    def __init__(self, name: str) -> None:
        self.name = name
        self.listeners: list[Callable[P, None]] = []
        Hook.declared.append(self)

    def wire(self, listener: Callable[P, None]) -> None:
        """Register one verb; a second time changes nothing, so that a reload is harmless."""
        if listener not in self.listeners:
            self.listeners.append(listener)

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every registered verb in the order of registration."""
        for listener in self.listeners:
            listener(*args, **kwargs)
