"""How kinds, outcomes and states are called on pages and on paper."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.safeguarding.models import Step
from schoolgate.safeguarding.states import Outcome, State

Kind = Step.Kind
KINDS: Mapping[str, str | Promise] = {
    Kind.DISCUSSION: _("Discussion"),
    Kind.DECISION: _("Decision and reason"),
    Kind.TRIAGE: _("Decided what it is"),
    Kind.ACTION: _("Action"),
    Kind.DONE: _("Action done"),
    Kind.OUTCOME: _("Outcome"),
    Kind.AMENDMENT: _("Put right"),
    Kind.REVIEW: _("To be looked at again"),
    Kind.CLOSING: _("Closed"),
    Kind.AGREED: _("A second person agreed"),
    Kind.DISAGREED: _("A second person sent it back"),
    Kind.REOPENED: _("Opened again"),
    Kind.PASSED: _("Passed to the case manager"),
    Kind.KEPT_FROM: _("Kept from a reader"),
    Kind.TOLD_LADO: _("The LADO was told"),
    Kind.TEXT_SEALED: _("The message’s text was sealed"),
    Kind.WORDS_GIVEN: _("Words given for the reply"),
    Kind.HELD_BACK: _("A person is held back"),
    Kind.HANDED_OVER: _("Handed over to the school’s own system"),
}
OUTCOMES: Mapping[str, str | Promise] = {
    Outcome.DANGER: _("danger now, 999 rung"),
    Outcome.SOCIAL_CARE: _("refer to social care"),
    Outcome.LADO: _("about an adult who works here: the LADO’s threshold may be met"),
    Outcome.LOW_LEVEL: _("about an adult who works here: low level"),
    Outcome.EARLY_HELP: _("early help"),
    Outcome.MONITOR: _("watch, with a plan"),
    Outcome.NOT_SAFEGUARDING: _("no safeguarding concern"),
}
STATES: Mapping[str, str | Promise] = {
    State.RAISED: _("Not read yet"),
    State.ALERTED: _("Not read yet"),
    State.READ: _("Read, not decided"),
    State.TRIAGED: _("Decided"),
    State.ACTING: _("Something is being done"),
    State.REVIEW: _("To be looked at again"),
    State.SAMPLING: _("A second person looks"),
    State.CLOSED: _("Closed"),
    State.HANDED_OVER: _("In the school’s own system"),
}
