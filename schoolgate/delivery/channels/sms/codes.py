"""What providers of texts answer: for good, for later, or nobody knows. One table, in two parts.

What is wrong with our own account (no credit, a key that was withdrawn, a sender not yet allowed)
is for later, and passes to the second provider: the family shall still get its text.
"""

from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater

# (provider, its own code) -> what it means. Asked first.
BY_CODE: dict[tuple[str, str], type[DeliveryError]] = {
    ("notify", "ValidationError"): Refused,
    ("notify", "BadRequestError"): TryLater,  # a template or sender of ours that is not there
    ("notify", "TooManyRequestsError"): TryLater,  # the day's limit
    ("notify", "RateLimitError"): TryLater,
    ("notify", "AuthError"): TryLater,
    ("twilio", "20003"): TryLater,  # keys
    ("twilio", "20429"): TryLater,  # too many at once
    ("twilio", "21211"): Refused,  # not a number
    ("twilio", "21212"): TryLater,  # our sender is no number
    ("twilio", "21408"): TryLater,  # the country is not switched on
    ("twilio", "21602"): Refused,  # no words
    ("twilio", "21606"): TryLater,  # our sender can't text
    ("twilio", "21610"): Refused,  # they answered STOP
    ("twilio", "21611"): TryLater,  # our queue there is full
    ("twilio", "21612"): TryLater,  # no way from this sender to that country
    ("twilio", "21614"): Refused,  # not a mobile
    ("twilio", "21617"): Refused,  # too long
    ("vonage", "1000"): TryLater,  # too many at once
    ("vonage", "1010"): Refused,
    ("vonage", "1020"): Refused,
    ("vonage", "1030"): TryLater,
    ("vonage", "1040"): Refused,  # no such prefix
    ("vonage", "1050"): Refused,  # barred
    ("vonage", "1060"): TryLater,  # our account is barred
    ("vonage", "1070"): TryLater,  # no credit
    ("vonage", "1080"): TryLater,
    ("vonage", "1090"): Refused,  # too long
    ("vonage", "1100"): TryLater,
    ("vonage", "1120"): TryLater,  # our sender is not allowed there
}

# The HTTP status where no code of the provider's is known.
BY_STATUS: dict[int, type[DeliveryError]] = {
    400: Refused,
    401: TryLater,
    402: TryLater,
    403: TryLater,
    404: TryLater,  # the address of the provider's interface is wrong, not the family's
    408: TryLater,
    409: AnswerLost,  # it knows the key already: the first try may have arrived
    425: TryLater,
    429: TryLater,
    502: AnswerLost,  # what stood between us lost its answer
    504: AnswerLost,
}


def meaning(provider: str, code: str, status: int) -> type[DeliveryError]:
    """What a refusal means."""
    return BY_CODE.get((provider, code)) or BY_STATUS.get(status) or _by_hundred(status)


def _by_hundred(status: int) -> type[DeliveryError]:
    """2xx in words that nobody knows was taken, perhaps; 4xx is for good; the rest for later."""
    if status < 300:
        return AnswerLost
    return Refused if 400 <= status < 500 else TryLater
