"""What lies in the tray may be for today: it is on the office's queue in the meantime."""

from datetime import datetime, timedelta

from schoolgate.conversations.tests.acting import actor_of
from schoolgate.inbound.actions.filing import file_as_new, file_to_child, set_aside
from schoolgate.inbound.tests.taking import in_tray
from schoolgate.people.models import Pupil
from schoolgate.rehearsal.cast import Cast
from schoolgate.today.actions.seeing import mark_seen
from schoolgate.today.models import Matter

ILL = "Kuba is poorly and will not be in school today."
STRANGER = "somebody@example.net"


def test_an_unknown_address_puts_it_on_the_queue_too(medway: Cast, now: datetime) -> None:
    item = in_tray(medway, STRANGER, at=now, subject="Kuba", body=ILL)
    matter = Matter.objects.get()
    assert (matter.kind, matter.tray, matter.pupil) == ("absence", item.public_id, None)
    assert matter.due_at == now + timedelta(minutes=15)


def test_what_was_seen_in_the_tray_stays_seen_when_it_is_filed(medway: Cast, now: datetime) -> None:
    item = in_tray(medway, STRANGER, at=now, subject="Kuba", body=ILL)
    joan = medway.team["joan"]
    by = actor_of(medway, "joan")
    mark_seen(actor=by, member=joan, matters=Matter.objects.all(), at=now)
    thread = file_as_new(
        actor=by,
        member=joan,
        item=item,
        carer=medway.carers["ewa"],
        pupil=Pupil.objects.get(pk=medway.children["kuba"].pk),
        at=now + timedelta(minutes=4),
    )
    matter = Matter.objects.get(conversation=thread)
    assert (matter.state, matter.seen_by) == ("seen", joan)
    assert Matter.objects.get(tray=item.public_id).state == "not for today"


def test_what_nobody_saw_goes_on_with_its_minutes_when_it_is_filed(
    medway: Cast, now: datetime
) -> None:
    item = in_tray(medway, STRANGER, at=now, subject="Kuba", body=ILL)
    thread = file_as_new(
        actor=actor_of(medway, "joan"),
        member=medway.team["joan"],
        item=item,
        carer=medway.carers["ewa"],
        pupil=Pupil.objects.get(pk=medway.children["kuba"].pk),
        at=now + timedelta(minutes=20),
    )
    matter = Matter.objects.get(conversation=thread)
    assert (matter.state, matter.due_at) == ("waiting", now + timedelta(minutes=15))
    assert matter.head_at == now + timedelta(minutes=25)


def test_what_is_not_for_us_is_off_and_what_goes_to_a_tutor_stays(
    medway: Cast, now: datetime
) -> None:
    joan, by = medway.team["joan"], actor_of(medway, "joan")
    first = in_tray(medway, STRANGER, at=now, subject="Kuba", body=ILL)
    set_aside(actor=by, member=joan, item=first, reason="Another school's.", at=now)
    assert Matter.objects.get().state == "not for today"
    second = in_tray(medway, STRANGER, at=now, subject="Noah", body="Noah is ill today.")
    noah = Pupil.objects.get(pk=medway.children["noah"].pk)
    file_to_child(actor=by, member=joan, item=second, pupil=noah, at=now)
    assert Matter.objects.get(tray=second.public_id).state == "waiting"
