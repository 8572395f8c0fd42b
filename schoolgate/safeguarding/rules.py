"""The access rules of this room's own routes, besides those of `accounts.gates`."""

from schoolgate.accounts.gates import office
from schoolgate.people.access import Role, Who


def case_manager(who: Who) -> bool:
    """Who may hold a concern about an adult who works here; which ones the database judges."""
    return who.holds(Role.HEAD, Role.GROUP_LEAD)


def safeguarding_team(who: Who) -> bool:
    """The DSL, deputies and head, who keep the rota and the files."""
    return who.holds(Role.DSL, Role.DEPUTY_DSL, Role.HEAD)


def keeps_routes(who: Who) -> bool:
    """Who checks the numbers of the councils: the DSL, deputies, head or the office."""
    return safeguarding_team(who) or office(who)
