"""Pupils, carers, team members; who may receive what for which child, and by which route."""

from schoolgate.people.models.bars import SiteBar
from schoolgate.people.models.children import Carer, ClassPlace, Limit, Link, Pupil, Receives
from schoolgate.people.models.endings import Ending
from schoolgate.people.models.holding import HoldBack
from schoolgate.people.models.home_times import OwnHomeTime
from schoolgate.people.models.naming import OtherNamed
from schoolgate.people.models.preferences import NewsConsent, Preference
from schoolgate.people.models.routes import ContactRoute, Household, HouseholdStay, NoSafeRoute
from schoolgate.people.models.team import Absence, Group, GroupHelper, RoleHolding, TeamMember

__all__ = [
    "Absence",
    "Carer",
    "ClassPlace",
    "ContactRoute",
    "Ending",
    "Group",
    "GroupHelper",
    "HoldBack",
    "Household",
    "HouseholdStay",
    "Limit",
    "Link",
    "NewsConsent",
    "NoSafeRoute",
    "OtherNamed",
    "OwnHomeTime",
    "Preference",
    "Pupil",
    "Receives",
    "RoleHolding",
    "SiteBar",
    "TeamMember",
]
