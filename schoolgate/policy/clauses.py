"""The register of clauses: all 71, as data, in the order of the two policies."""

from dataclasses import dataclass
from typing import Literal

Schools = Literal["both", "A", "B"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the policies.

    `schools` says whose policy prints it: A is Trent Acres, B is Medway Green. `setting` is the
    dotted name of the field of `SchoolSettings` that carries what may differ between schools, or
    empty where nothing does.
    """

    id: str
    words: str
    schools: Schools = "both"
    setting: str = ""


# 71 is the number of rows of the register in the domain paper, each row one clause. Rows that join
# several printed lines (1.0-A0/A1, 1.1-P1..7, 4.0-R2/3, 4.0-R7/8, 4.0-R9/10, 5.0-A1/2) stay joined
# under their own id: they are kept or broken together. The words are ours, not the policies'.
CLAUSES: tuple[Clause, ...] = (
    Clause(
        "1.0-S1",
        "Many children and their parents have had hard years at school before.",
        setting="ethos",
    ),
    Clause("1.0-S2", "We try to understand those years and build good relations with parents."),
    Clause("1.0-S3", "The ethos that colours every message.", setting="ethos"),
    Clause(
        "1.0-S4",
        "Parents are invited to come early with news, questions and worries.",
        setting="contact",
    ),
    Clause("1.0-A0/A1", "It is explained how the school keeps parents informed."),
    Clause(
        "1.0-A2",
        "It is explained whom to contact for a quick answer from somebody who knows.",
        setting="ladder",
    ),
    Clause("1.0-A3", "What each side may expect of the other is said clearly and kindly."),
    Clause("1.0-A4", "Anybody who needs help with communication is told how to get it."),
    Clause("1.0-A5", "The policy covers talk in person, by phone, on visits and online."),
    Clause("1.1-P1..7", "Seven other policies stand beside this one."),
    Clause(
        "1.1-P8",
        "A policy is on the website or comes from the office when asked for.",
        setting="contact",
    ),
    Clause("1.1-P9", "Everybody who works with the children counts as team, paid or not."),
    Clause("2.1-M0", "There is more than one way to be in touch."),
    Clause(
        "2.1-M1",
        "The phone is for what is urgent or about one child's difficulty.",
        setting="contact.phone",
    ),
    Clause("2.1-M2", "Email is for what can wait.", setting="email_route"),
    Clause("2.1-M2a", "All email with parents goes by iSAMS.", schools="A", setting="email_route"),
    Clause(
        "2.1-M2b",
        "Email comes from the school's own addresses only.",
        schools="B",
        setting="mail_domains",
    ),
    Clause(
        "2.1-M2c",
        "Email keeps to the data protection policies.",
        schools="B",
        setting="mail_domains",
    ),
    Clause("2.1-M3", "Texts leave from the office's system only."),
    Clause("2.1-M3b", "Texts carry important reminders and announcements."),
    Clause("2.1-M4", "Meetings are arranged for progress, worries and working together."),
    Clause("2.1-M4b", "A meeting may be in person or online."),
    Clause("2.1-M5", "Nobody comes on site without an appointment."),
    Clause(
        "2.1-M5b",
        "Site security and safeguarding hold throughout a visit.",
        setting="home_time",
    ),
    Clause(
        "2.1-M6",
        "Class apps carry updates, homework and direct messages.",
        setting="approved_apps",
    ),
    Clause(
        "2.1-M7",
        "A school calendar is on the website and kept fresh.",
        schools="B",
        setting="calendar_published",
    ),
    Clause("2.1-M8", "The website holds six kinds of key information.", setting="contact.website"),
    Clause("2.1-M9", "Parents are asked to look at the website first."),
    Clause(
        "2.2-H1",
        "The head sees to it that communication works, in time and fittingly.",
        setting="head_title",
    ),
    Clause("2.2-H2", "The head watches over how this policy is kept.", setting="head_title"),
    Clause(
        "2.2-H3",
        "The head answers what parents bring up within 24 hours.",
        setting="promises.head",
    ),
    Clause(
        "2.2-H4",
        "Parents hear regularly about what is not settled yet.",
        setting="promises.update",
    ),
    Clause(
        "2.2-H5",
        "The head finds support so that parents are treated with respect.",
        setting="support_teams",
    ),
    Clause("2.2-H6", "The head tries to see it as the parent does."),
    Clause("2.2-T0", "Everybody on the team keeps dialogue professional and supportive."),
    Clause(
        "2.2-T1",
        "A team member aims to answer within one working day of core hours.",
        setting="promises.reply",
    ),
    Clause("2.2-T2", "Respect does not depend on what the concern is."),
    Clause("2.2-T2b", "Everybody on the team tries to see it as the parent does."),
    Clause(
        "2.2-T2c",
        "A team member asks for support with their own words.",
        setting="support_teams",
    ),
    Clause("2.2-T3", "Words are clear, short and free of jargon."),
    Clause("2.2-T4", "Language and tone are fitting, and the acceptable use policy is kept."),
    Clause("2.2-T4b", "No personal phone or device is used to contact parents."),
    Clause("2.2-T5", "What is said stays private."),
    Clause("2.2-T6", "Parents are shown further help and services.", setting="support_teams"),
    Clause("2.2-T7", "The team works together so that what parents hear is right and in time."),
    Clause("2.2-T8", "A concern is taken up to the leader who can act.", setting="ladder"),
    Clause(
        "2.2-T8b",
        "The steps upward, tutor to assistant head to head for example.",
        setting="ladder",
    ),
    Clause(
        "2.2-T8c",
        "Safeguarding goes straight to the DSL and the head.",
        setting="safeguarding_hours",
    ),
    Clause("3.0-P1", "A worry is brought to the school first, not to social media."),
    Clause("3.0-P2", "Parents write respectfully and tell what matters."),
    Clause("3.0-P3", "Parents answer the school in reasonable time."),
    Clause("3.0-P4", "Parents look out for what the school sends."),
    Clause("3.0-P5", "A complaint follows the complaints procedure."),
    Clause(
        "3.0-P6",
        "Outside core hours and in holidays there may be nobody to answer.",
        setting="hours",
    ),
    Clause("4.0-R1", "Strong feelings are understandable."),
    Clause("4.0-R2/3", "The school makes room for concerns, and dialogue stays respectful."),
    Clause("4.0-R4", "The school may decide not to answer aggressive messages."),
    Clause("4.0-R5", "A threat may lead to the police and to a bar from the premises."),
    Clause(
        "4.0-R6",
        "Who finds respectful words hard is encouraged to seek support.",
        setting="support_teams",
    ),
    Clause(
        "4.0-R7/8",
        "Parents can ask for the clinical or the family liaison team.",
        setting="support_teams",
    ),
    Clause("4.0-R9/10", "Support helps both sides see each other; the goal is partnership."),
    Clause("5.0-A1/2", "Communication is meant to be accessible to all, and steps are taken."),
    Clause("5.0-A3", "Everything written is as clear and short as can be."),
    Clause(
        "5.0-A4",
        "The website has text for pictures and colours that can be read.",
        setting="brand",
    ),
    Clause(
        "5.0-A5",
        "The team tries to give information in a form that can be used.",
        setting="support_teams",
    ),
    Clause("5.0-R", "Who needs help communicating can ask for adjustments."),
    Clause("5.0-R1", "News in a form that the person can use."),
    Clause("5.0-R2", "Translations of what is important."),
    Clause("5.0-R3", "Technology that helps communication."),
    Clause("5.0-C", "The office is where needs are talked over.", setting="contact"),
    Clause("6.0-C", "How to reach the school.", setting="contact"),
)


def clause_ids() -> frozenset[str]:
    """Every id in the register."""
    return frozenset(clause.id for clause in CLAUSES)
