"""A small school's five files, some of them changed, for the tests of importing."""

from datetime import datetime

from schoolgate.ledger.actors import SYSTEM
from schoolgate.people.importing.difference import Difference
from schoolgate.people.importing.reading import read_files
from schoolgate.people.importing.running import import_people
from schoolgate.school.models import School

FILES = {
    "team.csv": "id,name,email,roles,line_leader,cover\n"
    "T1,Zoe Ray,zoe@school.example,head,,\nT2,Max Moss,max@school.example,tutor,T1,T1\n",
    "groups.csv": "name,kind,tutor,helpers\nBeech,tutor,T2,T1\n",
    "pupils.csv": "id,first_name,last_name,born_on,group,authority\n"
    "P1,Noël,Ødegård,31/05/2014,Beech,Kent\nP2,Mia,Stone,2013-01-02,Beech,Kent\n",
    "carers.csv": "id,name,email,mobile,language,household,protected_address\n"
    "C1,Ann Stone,shared@example.org,07700 900001,en,H1,no\n"
    "C2,Bob Stone,Shared@example.org,,pl,,yes\nC3,Liv Ødegård,liv@example.org,,,H1,\n",
    "links.csv": "pupil,carer,relationship,receives,order,order_ends_on\n"
    "P2,C1,mother,,,\nP2,C2,father,progress,No contact: order of 3 May,2027-05-03\n"
    "P1,C3,mother,general,,\n",
}


def bring(
    school: School,
    at: datetime,
    *,
    apply: bool = True,
    together: tuple[str, ...] = (),
    **changed: str,
) -> Difference:
    """Import the files, some of them changed; `pupils="…"` is pupils.csv."""
    texts = FILES | {f"{name}.csv": text for name, text in changed.items()}
    return bring_only(school, at, texts, apply=apply, together=together)


def bring_only(
    school: School,
    at: datetime,
    texts: dict[str, str],
    *,
    apply: bool = True,
    together: tuple[str, ...] = (),
) -> Difference:
    """Import exactly these files."""
    sheets = read_files({name: text.encode() for name, text in texts.items()})
    return import_people(
        actor=SYSTEM,
        school=school,
        sheets=sheets,
        at=at,
        apply=apply,
        together=frozenset(together),
    )
