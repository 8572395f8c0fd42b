"""Who an adult is to a child, by the words that families use: "his dad", "nan", "tata"; pure."""

import re

from schoolgate.people.letters import names_in

_WORDS = {
    "father": "father dad daddy dada papa birthfather stepfather stepdad ojciec tata tato "
    "tatus abbu abu baba abba tatal vater padre batko",
    "mother": "mother mum mummy mom mommy mam mama birthmother stepmother stepmum stepmom matka "
    "ammi ummi mutter madre",
    "grandfather": "grandfather grandad granddad grandpa gramps grampy taid tadcu dziadek dada "
    "nana bunicul dido",
    "grandmother": "grandmother grandma granny gran nan nanny nana nain mamgu babcia babushka dadi "
    "nani bunica teyze",
    "uncle": "uncle wujek chacha mamu amca wncwl",
    "aunt": "aunt auntie aunty ciocia khala phupho teyze modryb",
    "brother": "brother stepbrother brawd",
    "sister": "sister stepsister siostra chwaer",
    "husband": "husband hubby boyfriend maz",
    "wife": "wife girlfriend zona",
}
# One's own: what "my dad" is to the child, and who a former partner is.
_OF_THE_WRITER = {
    "father": {"grandfather"},
    "mother": {"grandmother"},
    "brother": {"uncle"},
    "sister": {"aunt"},
}
_PARTNERS = {"husband": {"father", "husband"}, "wife": {"mother", "wife"}}
_EX = re.compile(r"\b(?:ex|partner|other parent)\b", re.I)
_MY = {"my", "moj", "moja", "mein", "mon", "mi", "fy"}
MEN = frozenset({"father", "grandfather", "uncle", "brother", "husband"})
WOMEN = frozenset({"mother", "grandmother", "aunt", "sister", "wife"})
_KIN: dict[str, set[str]] = {}
for _kin, _said in _WORDS.items():
    for _word in _said.split():
        _KIN.setdefault(_word.replace("'", ""), set()).add(_kin)


def kin_of(relationship: str) -> frozenset[str]:
    """Who somebody is to a child by what the office wrote, such as "birth father"."""
    return frozenset(kin for word in _words(relationship) for kin in _KIN.get(word, ()))


def kin_said_in(words: str) -> frozenset[str]:
    """Whom a text of the family may mean by who they are: "his dad", "my mum", "my ex"."""
    said, found = _words(words), set[str]()
    for at, word in enumerate(said):
        kin = _KIN.get(word, set())
        own = at > 0 and said[at - 1] in _MY
        for one in kin:
            if one in _PARTNERS:
                found |= _PARTNERS[one]
            else:
                found |= _OF_THE_WRITER.get(one, {one}) if own else {one}
    if _EX.search(words):
        found |= {"father", "mother", "husband", "wife"}
    return frozenset(found)


def _words(words: str) -> list[str]:
    """The words one by one; "step-dad" is one, "dad's" is "dads" and means him too."""
    joined = re.sub(r"(?<=\w)-(?=\w)", "", words)
    return [word.removesuffix("s") if word not in _KIN else word for word in names_in(joined)]
