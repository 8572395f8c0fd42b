"""How an incident reads for a family: facts, what helped, whom to talk to; nobody else's child."""

from django.utils.translation import gettext as _

from schoolgate.incidents.kinds import sentence
from schoolgate.incidents.models import Correction, Incident
from schoolgate.people.models import Carer
from schoolgate.response_clock.words import day, moment


def subject_of(incident: Incident) -> str:
    """The same for every kind: a list is read over shoulders (decision 15), and names no child."""
    on = day(incident.happened_at, incident.school.settings.timezone)
    return _("Please read: {day}").format(day=on)


def text_for(incident: Incident, carer: Carer) -> str:
    """The whole text for one adult, corrections last."""
    parts = [
        _("Hello {name}.").format(name=carer.greeting),
        _opening(incident),
        *_told(incident),
        *(correction_in(one) for one in incident.corrections.all()),
        _whom_to_talk_to(incident),
    ]
    return "\n\n".join(parts)


def text_of_correction(correction: Correction, carer: Carer) -> str:
    """What somebody who has been told hears of a correction."""
    hello = _("Hello {name}.").format(name=carer.greeting)
    return "\n\n".join(
        [hello, correction_in(correction), _("What we wrote before stays above, as it was.")]
    )


def correction_in(correction: Correction) -> str:
    """A correction in its own paragraph."""
    return _("We correct what we wrote: {words}").format(words=correction.words)


def all_words(incident: Incident) -> str:
    """Every word of an incident that goes to a family."""
    return "\n".join(
        [
            incident.place,
            incident.facts,
            incident.led_to_it,
            incident.helped,
            incident.injuries,
        ]
    )


def _opening(incident: Incident) -> str:
    when = moment(incident.happened_at, incident.school.settings.timezone)
    what = sentence(incident.kind, incident.pupil.called)
    if incident.lasted:
        return _("{what} It was on {when}, for {minutes} minutes. Where: {place}.").format(
            what=what, when=when, minutes=incident.lasted, place=incident.place
        )
    return _("{what} It was on {when}. Where: {place}.").format(
        what=what, when=when, place=incident.place
    )


def _told(incident: Incident) -> list[str]:
    hurt = incident.injuries.strip() or (
        _("Somebody was hurt.") if incident.was_hurt else _("Nobody was hurt.")
    )
    found = [
        (_("What happened: {words}"), incident.facts),
        (_("What led to it: {words}"), incident.led_to_it),
        (_("What helped: {words}"), incident.helped),
        (_("Injuries and first aid: {words}"), hurt),
    ]
    return [label.format(words=words.strip()) for label, words in found if words.strip()]


def _whom_to_talk_to(incident: Incident) -> str:
    line = incident.line or incident.school.settings.contact.phone
    return _("You can answer here, or ring {name}: {line}.").format(
        name=incident.talk_to.name, line=line
    )
