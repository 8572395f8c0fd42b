"""Reading again: a kept mail as it is understood today, with what was found out when it came."""

from dataclasses import replace

from schoolgate.inbound.mail.authentication import Authentication
from schoolgate.inbound.mail.reading import ReadMail, read
from schoolgate.inbound.models import Arrival, TrayItem
from schoolgate.inbound.telephone.reading import read_text
from schoolgate.inbound.telephone.voicemails import read_voicemail
from schoolgate.school import files


def read_again(item: TrayItem) -> ReadMail:
    """What a tray item's mail or text says."""
    arrival = item.arrival
    if arrival.way == Arrival.Way.TEXT:
        return read_text(arrival.key.partition(":")[0], files.read(arrival.stored)).as_mail()
    if arrival.way == Arrival.Way.VOICEMAIL:
        left = read_voicemail(arrival.key.partition(":")[0], files.read(arrival.stored)).as_mail()
        # What a machine wrote may have come after it.
        return replace(left, text=left.text or item.body)
    mail = read(files.read(arrival.stored), null_sender=not arrival.envelope_from)
    return replace(mail, authentication=Authentication(arrival.authentication))
