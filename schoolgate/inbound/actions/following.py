"""Following: what was kept is put in its place; whatever fails there, it stands in the tray."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, transaction

from schoolgate.inbound.actions.placing import lay_in_tray
from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.mail.reading import ReadMail
from schoolgate.inbound.models import Arrival
from schoolgate.school.errors import StorageFull

logger = logging.getLogger(__name__)


def follow(arrival: Arrival, mail: ReadMail, put: Callable[[Arrival, ReadMail], None]) -> None:
    """Put an arrival where `put` says, in the caller's transaction.

    Raises what says that nothing can be kept at present; all else ends in the tray.
    """
    try:
        with transaction.atomic():
            put(arrival, mail)
    except (OperationalError, InterfaceError, StorageFull):
        raise
    except Exception as failure:
        logger.exception("Arrival %s went to the tray.", arrival.public_id)
        arrival.state = Arrival.State.UNREADABLE
        arrival.problem = f"{type(failure).__name__}"
        arrival.became, arrival.conversation, arrival.parcel = "", None, None
        _lay_in_tray_at_any_rate(arrival, mail)


def _lay_in_tray_at_any_rate(arrival: Arrival, mail: ReadMail) -> None:
    """With what was read, else with the original alone."""
    reason = Reason.UNREADABLE if mail.unreadable else Reason.NOT_TAKEN_BY_ITSELF
    try:
        with transaction.atomic():
            lay_in_tray(arrival, mail, reason)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Arrival %s stands in the tray without its words.", arrival.public_id)
        lay_in_tray(arrival, ReadMail(unreadable=True), Reason.UNREADABLE)
