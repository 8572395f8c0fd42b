"""Why a mail lies in the tray and what to do, in words for the one who files."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.inbound.belonging import Reason
from schoolgate.inbound.models import TrayItem
from schoolgate.worries.finding import found
from schoolgate.worries.reasons import Kind

WHY = {
    Reason.UNREADABLE: _("It could not be read. The original is kept."),
    Reason.UNKNOWN_SENDER: _("We do not know this address."),
    Reason.SHARED_ADDRESS: _("More than one person uses this address."),
    Reason.OTHERS_REPLY_ADDRESS: _(
        "It came to a reply address that was made for somebody else. Perhaps our email was "
        "passed on."
    ),
    Reason.WRONG_REPLY_ADDRESS: _("It came to a reply address that we did not make."),
    Reason.THREAD_NOT_THEIRS_NOW: _("It answers a conversation that they may not see at present."),
    Reason.AUTHENTICATION_FAILED: _("Our mail server says that it may not be from this address."),
    Reason.LOOKS_LIKE_REPLY: _("It answers an email, but not by our reply address."),
    Reason.LOOKS_LIKE_FORWARD: _("It passes an email on."),
    Reason.TO_MANY: _("It was sent to many people at once."),
    Reason.REPORT_OF_NOTHING_KNOWN: _("It says that an email came back, and we can’t tell which."),
    Reason.REPORT_NOT_PROVEN: _(
        "It says that an email of ours came back, and it does not come from a mail server."
    ),
    Reason.REPORT_UNCLEAR: _("A mail server says something of an email, and we can’t tell what."),
    Reason.NOT_TAKEN_BY_ITSELF: _("Something went wrong when we filed it. Nothing is lost."),
    Reason.UNKNOWN_NUMBER: _("We do not know this telephone number."),
    Reason.SHARED_NUMBER: _("More than one person uses this telephone number."),
    Reason.NO_NUMBER: _("It comes from no telephone number that we could look up."),
}
NEXT = {
    Reason.UNREADABLE: _("Open the original, or ring the family and ask what they wrote."),
    Reason.UNKNOWN_SENDER: _(
        "If you know who this is, ring them on the number that we hold before you file it."
    ),
    Reason.SHARED_ADDRESS: _("Ask which of them wrote it; each has conversations of their own."),
    Reason.OTHERS_REPLY_ADDRESS: _(
        "Do not add it to that conversation unless you know that its owner wrote it."
    ),
    Reason.WRONG_REPLY_ADDRESS: _("File it as a new conversation with the one who wrote it."),
    Reason.THREAD_NOT_THEIRS_NOW: _("Look at what they may receive before you file it."),
    Reason.AUTHENTICATION_FAILED: _("Ring them on the number that we hold, and ask."),
    Reason.LOOKS_LIKE_REPLY: _("Add it to the conversation that it answers, or open a new one."),
    Reason.LOOKS_LIKE_FORWARD: _("Look at whose words these are, then file it."),
    Reason.TO_MANY: _("If it is from a family, file it; else it is not for us."),
    Reason.REPORT_OF_NOTHING_KNOWN: _("See whether a family has not been reached, and ring them."),
    Reason.REPORT_NOT_PROVEN: _(
        "Nothing has changed by it. If you think that it is true, ring the family and ask."
    ),
    Reason.REPORT_UNCLEAR: _("See whether a family has not been reached, and ring them."),
    Reason.NOT_TAKEN_BY_ITSELF: _("File it by hand."),
    Reason.UNKNOWN_NUMBER: _(
        "Is a child at risk? Then raise a concern first. If you know who this is, ring them on the "
        "number that we hold before you file it. This number is not added to anybody by itself."
    ),
    Reason.SHARED_NUMBER: _("Ask which of them it is; each has conversations of their own."),
    Reason.NO_NUMBER: _("If it is from a family, file it; else it is not for us."),
}


def dangers_in(item: TrayItem) -> list[str]:
    """What its wording may say of a child's safety, each in a sentence; a person judges."""
    told = (one for one in found(item.looked_through) if one.kind == Kind.DANGER)
    return list(dict.fromkeys(gettext(one.reason) for one in told))
