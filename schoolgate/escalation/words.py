"""The steps of the ladder in words."""

from django.utils.translation import gettext as _

from schoolgate.school.models import School


def role_in_words(school: School, role: str) -> str:
    """A step of the ladder as people say it; the head's is the school's own title (D2)."""
    if role in school.settings.head_holders:
        return school.settings.head_title
    known = {
        "tutor": _("Tutor"),
        "assistant_head": _("Assistant head"),
        "group_lead": _("The group’s lead"),
    }
    return known.get(role, role.replace("_", " ").capitalize())
