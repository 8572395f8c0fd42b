"""What counts as a fault, from what a drill found; pure, in words that can be read aloud."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from schoolgate.drill.report import Code, Fault


def too_few(what: str, told: Sequence[str], *, deputy: bool = True) -> Fault | None:
    """Nobody who is here is told of something, or one person alone with no deputy."""
    if not told:
        return Fault(
            Code.NOBODY_TOLD,
            _("{what}: nobody who is here would be told.").format(what=what),
            _("Give the role to somebody who is here, or name cover for who is away."),
        )
    if len(told) == 1 and not deputy:
        return Fault(
            Code.ONE_TOLD,
            _("{what}: only {name} would be told, and there is no deputy.").format(
                what=what, name=told[0]
            ),
            _("Name a deputy safeguarding lead on the page People."),
        )
    return None


def gap(begins: str, ends: str) -> Fault:
    """A stretch with nobody on call, which nobody has accepted with a reason."""
    return Fault(
        Code.ROTA_GAP,
        _("Nobody is on call from {begins} to {ends}.").format(begins=begins, ends=ends),
        _("Put somebody on call, or accept the gap with a reason, on the page Who is on call."),
    )


def on_call_and_away(name: str) -> Fault:
    """Whoever is on call at that moment is away."""
    return Fault(
        Code.ROTA_GAP,
        _("{name} is on call at that moment and is away.").format(name=name),
        _("Put somebody else on call on the page Who is on call."),
    )


def no_number(council: str) -> Fault:
    """No numbers are kept of a council that a child belongs to."""
    return Fault(
        Code.NO_NUMBER,
        _("No number of children’s services is kept for {council}.").format(council=council),
        _("Write it down on the page Councils’ numbers."),
    )


def stale_number(council: str, days: int) -> Fault:
    """Nobody has checked a council's numbers for half a term."""
    return Fault(
        Code.STALE_NUMBER,
        _("The numbers of {council} were last checked {days} days ago.").format(
            council=council, days=days
        ),
        _("Ring or look them up, and say so on the page Councils’ numbers."),
    )


def dead_number(whose: str, number: str) -> Fault:
    """What stands as a number can't be rung."""
    return Fault(
        Code.DEAD_NUMBER,
        _("“{number}”, kept for {whose}, is no telephone number.").format(
            number=number, whose=whose
        ),
        _("Put it right on the page where it is kept."),
    )


def failing_numbers() -> Fault:
    """Some families' telephone numbers have failed; who it is stands on the office's page."""
    return Fault(
        Code.DEAD_NUMBER,
        _("Telephone numbers or addresses of families have failed and were not put right."),
        _("Ask these families for another way; they stand on the page Not reached."),
    )


def no_other_way() -> Fault:
    """Nothing but email leaves from this installation."""
    return Fault(
        Code.NO_OTHER_WAY,
        _("Texts can’t be sent: while the mail host is down nothing urgent reaches a family."),
        _("Set up a provider of texts (docs/run-your-own.md)."),
    )


def unheld(role: str) -> Fault:
    """A role on which something rests is held by nobody."""
    return Fault(
        Code.ROLE_UNHELD,
        _("Nobody is {role}.").format(role=role),
        _("Give somebody this role on the page People."),
    )


def no_address(name: str) -> Fault:
    """Somebody on the path has no school address."""
    return Fault(
        Code.ADDRESS,
        _("{name} would be told, but has no email address here.").format(name=name),
        _("Write down their school address on the page People."),
    )


def strange_address(name: str) -> Fault:
    """Somebody on the path is written to outside the school's own domains."""
    return Fault(
        Code.ADDRESS,
        _("{name} is written to at an address outside the school’s own domains.").format(name=name),
        _("Give them a school address, or add the domain to mail_domains in the settings."),
    )


def failing_address(name: str) -> Fault:
    """The last email to somebody on the path did not arrive."""
    return Fault(
        Code.ADDRESS,
        _("The last email to {name} did not arrive.").format(name=name),
        _("Check their address on the page People."),
    )


def uncovered(name: str) -> Fault:
    """Somebody on the path is away and nobody covers."""
    return Fault(
        Code.NO_COVER,
        _("{name} is away and nobody covers.").format(name=name),
        _("Name cover on the page Away and cover."),
    )


def wrong_route(subject: str) -> Fault:
    """Plain email would leave to a family of a school that must go by iSAMS."""
    return Fault(
        Code.WRONG_ROUTE,
        _(
            "“{subject}” would leave to a family by plain email, and this school’s email goes by "
            "iSAMS."
        ).format(subject=subject),
        _("Look at [isams_variation] in the settings: it counts from the day that it names."),
    )


def subject_told(name: str) -> Fault:
    """The person whom a concern is about would be told of it."""
    return Fault(
        Code.SUBJECT_ON_PATH,
        _("{name} would be told of a concern about themselves.").format(name=name),
        _("Give the role that is told to somebody else as well, and report this to us."),
    )


def office_empty() -> Fault:
    """Nobody of the office is here."""
    return Fault(
        Code.OFFICE_EMPTY,
        _("Nobody is in the office to see what is for today."),
        _("Give somebody the role office, or name cover for who is away."),
    )


def too_late(who: str, told: str, home: str) -> Fault:
    """Somebody hears of it when the last child should be home."""
    return Fault(
        Code.TOO_LATE,
        _("{who} would hear of it at {told}, and the last child should be home at {home}.").format(
            who=who, told=told, home=home
        ),
        _("Let [office_hours] run until the last child is home, or shorten [today]."),
    )


def address_kept() -> Fault:
    """A postal address is kept in a household in which somebody's is protected."""
    return Fault(
        Code.ADDRESS_KEPT,
        _("A postal address is kept of a household in which somebody’s address is protected."),
        _("Take the address away on that person’s page."),
    )


def address_shown(where: str) -> Fault:
    """A protected address stands in what somebody could get."""
    return Fault(
        Code.ADDRESS_SHOWN,
        _("A protected address would be shown: {where}.").format(where=where),
        _("Don’t use this way until it is put right, and report it to us."),
    )


def confirmed_wrongly(how: str) -> Fault:
    """A change of who collects counted as confirmed by a way that proves nothing."""
    return Fault(
        Code.CONFIRMED,
        _("A change of who collects was confirmed: {how}.").format(how=how),
        _("Confirm by ringing a number that was known before, and report this to us."),
    )


def class_shown(where: str) -> Fault:
    """The child's class stands in what left the school, or in the ledger."""
    return Fault(
        Code.CLASS_SHOWN,
        _("The child’s class would be told: {where}.").format(where=where),
        _("Don’t use this way until it is put right, and report it to us."),
    )


def route_left_safe() -> Fault:
    """A route of somebody protected is another adult's as well; who it is stands on no report."""
    return Fault(
        Code.ROUTE_LEFT_SAFE,
        _(
            "A number or mailbox of somebody whose address is protected is also that of another "
            "adult of the same child, whom an order limits: both may read what is sent there."
        ),
        _("Ask for a way that is theirs alone, and end the shared one on their page."),
    )


def own_family_on_lists(name: str) -> Fault:
    """Who keeps the lists could look up the one who is protected from them."""
    return Fault(
        Code.OWN_FAMILY,
        _(
            "{name} keeps the lists of families, and is an adult of a child who lives at a "
            "protected address."
        ).format(name=name),
        _("Decide with the safeguarding lead whether they may keep this role."),
    )


def names_from_above(name: str) -> Fault:
    """Who leads the group would see families' names on a list of the school's."""
    return Fault(
        Code.FROM_ABOVE,
        _("{name} leads the group and would see families’ names on the school’s lists.").format(
            name=name
        ),
        _("Who leads the group sees numbers alone: take the school’s other roles from them."),
    )


def not_warned(name: str) -> Fault:
    """Who takes a call sees nothing that tells them to be careful."""
    return Fault(
        Code.NOT_WARNED,
        _("{name} would take the call, and no page tells them to be careful.").format(name=name),
        _("Let the office alone take such calls, and report this to us."),
    )


def home_time_not_set(day: str, by: str) -> Fault:
    """No home time on a weekday with children in school: what must be told waits too long."""
    return Fault(
        Code.HOME_TIME_NOT_SET,
        _(
            "No home time is set for {day}, when children are in school: what must be told that "
            "day is due at {by}, by the latest home time of the week."
        ).format(day=day, by=by),
        _("Write the time of that day into home_time in the settings."),
    )


def no_route() -> Fault:
    """An adult who must be told on the same day and whom nothing reaches; no report names them."""
    return Fault(
        Code.NO_ROUTE,
        _("No email, text or call that works reaches some adults who must be told the same day."),
        _("Ask these families for a way, or give them a named person on the page Not reached."),
    )
