"""A message that a concern was raised from: the owner sends words that the lead gave (decision 8).

The lead's giving is written down here. Keeping the message's own text from the thread, with its
look, owner and promise unchanged, belongs to `conversations`.
"""

from django.db import transaction

from schoolgate.safeguarding.actions.recording import Hand, write_note
from schoolgate.safeguarding.models import Step


@transaction.atomic
def give_words(*, hand: Hand, words: str) -> Step:
    """Write down the words that the owner of the thread may send. Raises NothingWritten, NotNow."""
    return write_note(hand=hand, kind=Step.Kind.WORDS_GIVEN, words=words)
