"""Takes a storm's mails inside Django, as the plain role; prints two rates a second."""

import sys
import time

import django

django.setup()

from django.utils import timezone

from journeys.weather import Storm
from schoolgate.delivery import reply_address
from schoolgate.inbound.actions.taking import take
from schoolgate.inbound.mail.reading import read
from schoolgate.people.models import Carer
from schoolgate.rehearsal.loading import load
from schoolgate.school.models import School
from schoolgate.school.tenancy import one_school


def main(count: int) -> None:
    """Half of them first, so that what is made once is made."""
    load(timezone.now())
    school = School.objects.get(slug="medway-green")
    with one_school(school.pk):
        replies = _replies_to(school)
    mails = Storm(count, replies).mails()
    rate = 0.0
    for half in (mails[: count // 2], mails[count // 2 :]):
        began = time.perf_counter()
        for mail in half:
            take(
                content=mail.content,
                envelope_from=mail.sender,
                envelope_to=school.inbound_address if mail.to not in replies.values() else mail.to,
                at=timezone.now(),
            )
        rate = len(half) / (time.perf_counter() - began)
    began = time.perf_counter()
    for mail in half:
        read(mail.content)
    sys.stdout.write(f"{rate} {len(half) / (time.perf_counter() - began)}\n")


def _replies_to(school: School) -> dict[str, str]:
    """A signed address of a thread of each of a few carers; the threads are opened here."""
    found = {}
    for carer in Carer.objects.filter(routes__kind="email").distinct()[:5]:
        key = carer.routes.filter(kind="email")[0].value.partition("@")[0]
        sender = f"{key}@medway-green.example.org"
        arrival = take(
            content=f"From: {sender}\r\nMessage-ID: <first-{key}>\r\n\r\nHello".encode(),
            envelope_from=sender,
            envelope_to=school.inbound_address,
            at=timezone.now(),
        )
        if arrival and arrival.conversation_id:
            found[key] = reply_address.make(
                inbound_address=school.inbound_address,
                thread=arrival.conversation_id,
                carer=carer.pk,
            )
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]))
