"""The file of a bundle: who, what, and what goes with it, as iSAMS's Email Wizard takes it.

The words are the same for everybody: no name in the greeting, no child named, no personal link.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.delivery.actions.bundling import is_in_isams, judged_now
from schoolgate.delivery.compose import tidy
from schoolgate.delivery.held import that_may_go
from schoolgate.delivery.models import Bundle, Content, Parcel
from schoolgate.people.entitlement import links_at
from schoolgate.people.models import Receives

SCHOOLS_OWN = "en"
# A table program reads what begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class File:
    """An attachment of a reply."""

    name: str
    content: bytes


def bundle_zip(*, bundle: Bundle, files: Iterable[File], at: datetime) -> bytes:
    """Everything of a bundle in one file; of its people those who may have it now (UTC, 2.1-M2a).

    `recipients.csv`, `subject.txt`, `body.txt`, `body.html`, the attachments, and
    `not-in-isams.csv` where iSAMS does not know somebody.
    """
    parcels = _still_in(bundle, at)
    about = _relations(bundle.content, parcels, at)
    known = [one for one in parcels if is_in_isams(one)]
    strangers = [one for one in parcels if not is_in_isams(one)]
    subject, text, html = words_of(bundle)
    parts = {
        "recipients.csv": _table(known, about, with_id=True),
        "subject.txt": subject + "\n",
        "body.txt": text,
        "body.html": html,
    }
    if strangers:
        parts["not-in-isams.csv"] = _table(strangers, about, with_id=False)
    return _zipped(parts, files)


def bundle_name(bundle: Bundle) -> str:
    """The name of the file; it names nobody."""
    language = f"-{bundle.language}" if bundle.language else ""
    return f"isams-{bundle.prepared_at:%Y-%m-%d}-{bundle.pk}{language}.zip"


def words_of(bundle: Bundle) -> tuple[str, str, str]:
    """Subject, text and HTML in the words of the bundle's language."""
    content, school = bundle.content, bundle.school
    own = content.other_words.filter(language=bundle.language).first()
    subject, text = (own.subject, own.text) if own else (content.subject, content.text)
    shown = {
        "school": school.name,
        "phone": school.settings.contact.phone,
        "page": f"{settings.PUBLIC_ADDRESS}{content.thread_page}",
        "body": text,
        "original": content.text if own else "",
        "asks": content.asks,
        "sensitive": content.sensitive,
        "is_news": content.purpose == Content.Purpose.NEWS,
        "language": bundle.language or SCHOOLS_OWN,
    }
    with translation.override(bundle.language or SCHOOLS_OWN):
        if content.sensitive:
            shown["original"] = ""
            subject = _("You have a message from {school}").format(school=school.name)
        words = tidy(render_to_string("delivery/bundle.txt", shown))
        return subject, words, render_to_string("delivery/bundle.html", shown)


def _still_in(bundle: Bundle, at: datetime) -> list[Parcel]:
    rows = that_may_go(bundle.parcels.filter(state=Parcel.State.OWED), at)
    parcels = list(rows.select_related("carer", "content").order_by("carer__sorted_by", "pk"))
    judged = judged_now(school_id=bundle.school_id, parcels=parcels, at=at)
    return [one for one in parcels if one.pk in judged.people]


def _relations(content: Content, parcels: list[Parcel], at: datetime) -> Mapping[int, str]:
    """By carer: who they are to which of the children whom it concerns, as far as they may know."""
    concerned = {
        one.carer.pk: set(one.children) or {content.about_id or 0} for one in parcels if one.carer
    }
    links = links_at(at, Receives(content.level)).filter(carer__in=list(concerned))
    found: dict[int, list[str]] = defaultdict(list)
    for link in links.select_related("pupil").order_by("pupil__sorted_by", "pk"):
        if link.pupil_id in concerned[link.carer_id]:
            said = _("{relationship} of {child}")
            found[link.carer_id].append(
                said.format(relationship=link.relationship, child=link.pupil)
            )
    return {carer: "; ".join(said) for carer, said in found.items()}


def _table(parcels: list[Parcel], about: Mapping[int, str], *, with_id: bool) -> str:
    """One line a person; the mark at its beginning lets table programs read it as UTF-8."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([*([_("iSAMS person id")] if with_id else []), _("Name"), _("Relation")])
    for one in parcels:
        if one.carer:
            cells = [one.carer.name, about.get(one.carer.pk, "")]
            rows.writerow([_plain(cell) for cell in ([one.carer.external_id] * with_id + cells)])
    return "\ufeff" + written.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _zipped(parts: Mapping[str, str], files: Iterable[File]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, words in parts.items():
            target.writestr(name, words)
        for number, one in enumerate(files, start=1):
            # Numbered, so that two of one name stay two, and no name leads out of the folder.
            name = PurePath(one.name.replace("\\", "/").replace("\0", "")).name or "file"
            target.writestr(f"attachments/{number}-{name}", one.content)
    return written.getvalue()
