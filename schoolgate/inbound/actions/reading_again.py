"""Reading again: a kept mail as it is understood today, with what was found out when it came."""

from dataclasses import replace

from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail, read
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.school import files


def read_again(item: TrayItem) -> ReadMail:
    """What a tray item's mail says; of what is no mail, nothing."""
    arrival = item.arrival
    if arrival.way != Arrival.Way.EMAIL:
        return ReadMail()
    mail = read(files.read(arrival.stored), null_sender=not arrival.envelope_from)
    return replace(mail, authentication=Authentication(arrival.authentication))
