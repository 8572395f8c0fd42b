"""How the policies' oddities are read: every one with its reading, and where it can be changed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Oddity:
    """One odd place of the policies and its reading.

    `setting` is the dotted field of `SchoolSettings` that a school may set otherwise, or empty
    where it is a reading and not a switch.
    """

    id: str
    reading: str
    setting: str = ""


ODDITIES: tuple[Oddity, ...] = (
    Oddity(
        "O1", "24 hours run on working days; literal time is reported too", "promises.head_counting"
    ),
    Oddity(
        "O2", "a reply in one working day is a target; a receipt never counts", "choices.reply_is"
    ),
    Oddity("O3", "one working day is one core day of open time", "promises.reply"),
    Oddity("O4", "an INSET day is a working day for replies, not for children", "inset_counts"),
    Oddity(
        "O5",
        "what staff take to the head starts the head's clock as well",
        "choices.staff_escalation_starts_head_clock",
    ),
    Oddity("O6", "somebody stands above the head", "choices.above_head"),
    Oddity(
        "O7",
        "a concern about the head or the DSL goes past the person named",
        "choices.concern_about_head_goes_to",
    ),
    Oddity(
        "O8",
        "no inbox is watched out of hours unless there is a rota",
        "choices.safeguarding_on_call",
    ),
    Oddity(
        "O9",
        "content is always read for a child's welfare; a leader decides not to respond",
        "choices.not_responding_decided_by",
    ),
    Oddity("O10", "a bar is for the premises, in neutral words", "choices.barred_adult_is_called"),
    Oddity("O11", "looking at the website first is a request and never a gate"),
    Oddity("O12", "the sentence on scope among the aims is scope"),
    Oddity("O13", "a sentence printed twice is one duty, and stays printed twice"),
    Oddity("O14", "each policy is public or on request; child protection is public"),
    Oddity("O15", "the acceptable use policy belongs to the library; its owner is told"),
    Oddity("O16", "parents, parents/carers, parents and carers: one kind of person"),
    Oddity(
        "O17", "notices too go by iSAMS unless the head has recorded otherwise", "isams_variation"
    ),
    Oddity(
        "O18", "a chat in an approved app is not email; the clock runs", "choices.app_chat_is_email"
    ),
    Oddity("O19", "voicemail is a contact and starts the clock", "choices.voicemail_starts_clock"),
    Oddity(
        "O20",
        "parents have an ask-by date and never a deadline",
        "choices.parents_are_asked_within",
    ),
    Oddity("O21", "asking for the support teams is a button for the family itself"),
    Oddity("O22", "a lost bullet and a page break are layout only"),
)

READINGS: tuple[Oddity, ...] = tuple(oddity for oddity in ODDITIES if not oddity.setting)
