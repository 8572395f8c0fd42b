"""A file that may hold other children's data goes to a family only with a reason (threat T9)."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from schoolgate.conversations.actions.attaching import Upload
from schoolgate.conversations.errors import FileOfSeveral
from schoolgate.conversations.files.sniffing import OFFICE, sniff
from schoolgate.conversations.models import Conversation
from schoolgate.ledger.actors import Actor
from schoolgate.people.actions.naming_others import keep_reason
from schoolgate.people.models import Pupil, TeamMember
from schoolgate.people.naming import other_children_in, own_children_of

# A sheet may have hidden rows and other pages: nobody sees by its look whose data it holds.
SHEETS = frozenset(
    {".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx"}
    | {".ods", ".fods", ".ots", ".numbers"}
)
READ_AT_MOST = 1_000_000  # bytes of one file's words


def check_files_in(
    conversation: Conversation,
    uploads: Iterable[Upload],
    *,
    actor: Actor,
    member: TeamMember,
    said_in: uuid.UUID,
    because: str,
    at: datetime,
) -> None:
    """Ask why a spreadsheet, or a file that names another child, goes to this family (UTC).

    A text is read by its words, its name with it; what can't be read as one by its kind alone.
    Raises FileOfSeveral.
    """
    own = own_children_of(conversation.carer, conversation.pupil, at)
    adults = [member.name, conversation.carer.name]
    named: set[Pupil] = set()
    doubtful = []
    for upload in uploads:
        words = f"{upload.name}\n{_words_of(upload)}"
        others = other_children_in(words, school_id=conversation.school_id, own=own, adults=adults)
        if others or is_sheet(upload):
            doubtful.append(upload.name)
            named.update(others)
    if not doubtful:
        return
    if not because.strip():
        raise FileOfSeveral(FileOfSeveral.__doc__, ", ".join(doubtful))
    keep_reason(
        actor=actor,
        member=member,
        kind="file",
        said_in=said_in,
        named=sorted(named, key=lambda child: child.pk),
        because=because,
        at=at,
    )


def is_sheet(upload: Upload) -> bool:
    """Whether a file is a spreadsheet, by what it calls itself or by its bytes."""
    if PurePath(upload.name.lower().strip()).suffix in SHEETS:
        return True
    return sniff(upload.content) == f"{OFFICE}spreadsheetml.sheet"


def _words_of(upload: Upload) -> str:
    """The words of what reads as a text; of anything else none."""
    if not sniff(upload.content).startswith(("text/", "message/")):
        return ""
    return upload.content[:READ_AT_MOST].decode("utf-8", errors="replace")
