"""Why a parcel did not leave; each class docstring is the sentence."""


class DeliveryError(Exception):
    """The parcel could not be handed over."""

    permanent = False
    host_is_down = False  # nothing more can be handed over there for now

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class TryLater(DeliveryError):
    """The other side can't take it at the moment; it will be tried again."""


class HostDown(TryLater):
    """The other side can't be reached, or takes nothing from us at the moment."""

    host_is_down = True


class Refused(DeliveryError):
    """The other side refused it for good."""

    permanent = True


class AnswerLost(DeliveryError):
    """It was handed over but the answer was lost; it may have arrived."""


class WrongDomain(Refused):
    """The school's own rule: email leaves only from the school's own domains (Clause 2.1-M2b)."""


class NoRoute(Refused):
    """There is no working address for this person."""


class NotOwed(DeliveryError):
    """This is not waiting to be sent by iSAMS."""


class NotABrowser(DeliveryError):
    """This browser can't be told: we don't know its push service."""


class NothingToPrint(DeliveryError):
    """No letter waits to be printed."""


class BundleClosed(DeliveryError):
    """This bundle was marked sent, or given back, already."""


class NobodyLeft(DeliveryError):
    """Nobody is left to whom this may be sent."""


class SomeLostIt(DeliveryError):
    """Somebody in this bundle may not have it any more: say of each what happened."""

    def __init__(self, parcels: list[int]) -> None:
        super().__init__()
        self.parcels = parcels
