"""Who plays in the rehearsal: names are invented; any likeness is chance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TeamPart:
    """A team member: roles, who leads them, who covers for them."""

    key: str
    name: str
    title: str
    roles: tuple[str, ...] = ()
    leader: str = ""
    cover: str = ""
    employment: str = "employed"
    ends_in: int = 0  # days from now; 0 means that no end is known


@dataclass(frozen=True)
class ChildPart:
    """A child, its class and its own council."""

    key: str
    name: str
    group: str
    born: int
    authority: str


@dataclass(frozen=True)
class FamilyPart:
    """A carer: whose, by which address, and what they asked for."""

    key: str
    name: str
    children: tuple[tuple[str, str], ...]
    email: str = ""  # another's key for a shared address, or "none"
    language: str = "en"
    needs: tuple[str, ...] = ()
    helps: str = ""
    receives: int = 2
    limit: str = ""
    protected: bool = False
    signed_in: bool = True
    capacity: str = "family"


@dataclass(frozen=True)
class Parts:
    """All parts of one school."""

    team: tuple[TeamPart, ...]
    groups: tuple[tuple[str, str], ...]
    helpers: tuple[tuple[str, str], ...]
    children: tuple[ChildPart, ...]
    families: tuple[FamilyPart, ...]
    phases: tuple[tuple[str, str], ...] = ()  # group, phase


MEDWAY_GREEN = Parts(
    team=(
        TeamPart("ruth", "Ruth Calloway", "headteacher", ("head",), leader="grace"),
        TeamPart("tom", "Tom Ashdown", "assistant headteacher", ("assistant_head",), leader="ruth"),
        TeamPart("priya", "Priya Nair", "Oak class tutor", ("tutor",), leader="tom", cover="sam"),
        TeamPart("lena", "Lena Kovac", "Elm class tutor", ("tutor",), leader="tom", cover="priya"),
        TeamPart(
            "andy",
            "Andy Frost",
            "Ash class tutor, agency",
            ("tutor",),
            leader="tom",
            employment="agency",
            ends_in=20,
        ),
        TeamPart("sam", "Sam Birch", "deputy safeguarding lead", ("deputy_dsl",), leader="ruth"),
        TeamPart("helen", "Helen Okafor", "designated safeguarding lead", ("dsl",), leader="ruth"),
        TeamPart("joan", "Joan Pike", "school office", ("office", "central_sender"), leader="tom"),
        TeamPart("dee", "Dee Marsh", "speech and language therapist", ("clinical",), leader="tom"),
        TeamPart("grace", "Grace Adeyemi", "group lead", ("group_lead",)),
    ),
    groups=(("Oak", "priya"), ("Elm", "lena"), ("Ash", "andy")),
    phases=(("Oak", "Lower school"), ("Elm", "Lower school"), ("Ash", "Upper school")),
    helpers=(("dee", "Oak"),),
    children=(
        ChildPart("kuba", "Kuba Malinowski", "Oak", 2014, "Kent"),
        ChildPart("noah", "Noah Reed", "Oak", 2013, "Kent"),
        ChildPart("amara", "Amara Obi", "Oak", 2014, "Medway"),
        ChildPart("ivy", "Ivy Hale", "Elm", 2012, "Kent"),
        ChildPart("max", "Max Hale", "Oak", 2014, "Kent"),
        ChildPart("leila", "Leila Saab", "Elm", 2011, "Medway"),
        ChildPart("leo", "Leo Price", "Ash", 2010, "Bexley"),
    ),
    families=(
        FamilyPart(
            "ewa",
            "Ewa Malinowska",
            (("kuba", "mother"),),
            language="pl",
            needs=("Reads Polish", "Email first"),
            helps="Please write, then I can read it twice. Say what will happen and when.",
        ),
        FamilyPart(
            "piotr",
            "Piotr Malinowski",
            (("kuba", "father"),),
            limit="Court order: no messages, to 14 March 2027",
        ),
        FamilyPart("nina", "Nina Reed", (("noah", "mother"),), needs=("Do not phone",)),
        FamilyPart("obi", "Chidi Obi", (("amara", "father"),)),
        FamilyPart("hannah", "Hannah Hale", (("ivy", "mother"), ("max", "mother"))),
        FamilyPart("gareth", "Gareth Hale", (("ivy", "father"), ("max", "father"))),
        FamilyPart(
            "rania",
            "Rania Saab",
            (("leila", "mother"),),
            language="ar",
            needs=("Reads Arabic", "Large print"),
            protected=True,
        ),
        FamilyPart("karim", "Karim Saab", (("leila", "grandfather"),), email="rania"),
        FamilyPart("jo", "Jo Price", (("leo", "foster carer"),), receives=2),
        FamilyPart(
            "dawn", "Dawn Ellis", (("leo", "social worker"),), receives=1, capacity="professional"
        ),
        FamilyPart("hal", "Hal Price", (("leo", "grandfather"),), email="none", signed_in=False),
    ),
)

TRENT_ACRES = Parts(
    team=(
        TeamPart("marcus", "Marcus Webb", "headteacher", ("head",), leader="grace"),
        TeamPart("fiona", "Fiona Lyle", "assistant head", ("assistant_head",), leader="marcus"),
        TeamPart(
            "owen", "Owen Tate", "River class tutor", ("tutor",), leader="fiona", cover="fiona"
        ),
        TeamPart(
            "carol", "Carol Nunn", "school office", ("office", "central_sender"), leader="fiona"
        ),
        TeamPart(
            "idris", "Idris Vaughan", "designated safeguarding lead", ("dsl",), leader="marcus"
        ),
        TeamPart("bea", "Bea Lund", "deputy safeguarding lead", ("deputy_dsl",), leader="marcus"),
        TeamPart("grace", "Grace Adeyemi", "group lead", ("group_lead",)),
    ),
    groups=(("River", "owen"),),
    helpers=(),
    children=(
        ChildPart("tilly", "Tilly Marsh", "River", 2013, "Staffordshire"),
        ChildPart("reece", "Reece Dole", "River", 2012, "Walsall"),
    ),
    families=(
        FamilyPart("mia", "Mia Marsh", (("tilly", "mother"),)),
        FamilyPart("stan", "Stan Dole", (("reece", "father"),), signed_in=False),
    ),
)

PARTS = {"medway-green": MEDWAY_GREEN, "trent-acres": TRENT_ACRES}
