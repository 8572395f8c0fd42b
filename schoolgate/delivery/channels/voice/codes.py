"""What a provider of calls answers: for good, for later, or nobody knows. One table, in two parts.

What is wrong with our own account is for later: it can be mended.
"""

from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater

# Its own code -> what it means. Asked first.
BY_CODE: dict[str, type[DeliveryError]] = {
    "20003": TryLater,  # keys
    "20429": TryLater,  # too many at once
    "21201": Refused,  # no number
    "21205": TryLater,  # the address of our pages
    "21210": TryLater,  # the school's number is not confirmed with the provider yet
    "21211": Refused,  # not a number
    "21212": TryLater,
    "21214": Refused,  # can't be reached
    "21215": TryLater,  # the country is not switched on
    "21216": Refused,  # may not be called
    "21217": Refused,
}

BY_STATUS: dict[int, type[DeliveryError]] = {
    400: Refused,
    401: TryLater,
    402: TryLater,
    403: TryLater,
    404: TryLater,
    408: TryLater,
    409: AnswerLost,
    429: TryLater,
    502: AnswerLost,
    504: AnswerLost,
}


def meaning(code: str, status: int) -> type[DeliveryError]:
    """What a refusal means."""
    known = BY_CODE.get(code) or BY_STATUS.get(status)
    if known:
        return known
    if status < 300:
        return AnswerLost
    return Refused if 400 <= status < 500 else TryLater
