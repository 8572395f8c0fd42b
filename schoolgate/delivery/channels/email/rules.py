"""The school's own rule of where its email comes from."""

from schoolgate.delivery.channel import Letter
from schoolgate.delivery.errors import WrongDomain


def check_sender(letter: Letter) -> None:
    """Refuse a From outside the school's verified domains (Clause 2.1-M2b). Raises WrongDomain."""
    domain = letter.words.sender.rpartition("@")[2].lower()
    if domain not in letter.words.domains:
        raise WrongDomain
