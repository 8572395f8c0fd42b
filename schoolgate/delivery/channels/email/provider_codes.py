"""What providers' answers mean: for good, for later, or nobody knows. One table, in two parts.

What is wrong with our own account (no credit, a key that was withdrawn, a sender not yet confirmed)
is for later: it can be mended, and the family shall then still get its letter.
"""

from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater

# (provider, its own code) -> what it means. Asked first.
BY_CODE: dict[tuple[str, str], type[DeliveryError]] = {
    ("postmark", "10"): TryLater,  # wrong token
    ("postmark", "300"): Refused,  # an address or header that can't be
    ("postmark", "400"): TryLater,  # the sender is not known yet
    ("postmark", "401"): TryLater,  # the sender is not confirmed yet
    ("postmark", "405"): TryLater,  # no credit left
    ("postmark", "406"): Refused,  # the address was given up
    ("postmark", "412"): TryLater,  # the account waits for approval
    ("postmark", "413"): TryLater,  # the account may not send
    ("resend", "daily_quota_exceeded"): TryLater,
    ("resend", "monthly_quota_exceeded"): TryLater,
    ("resend", "rate_limit_exceeded"): TryLater,
    ("resend", "missing_api_key"): TryLater,
    ("resend", "invalid_api_key"): TryLater,
    ("resend", "concurrent_idempotent_requests"): TryLater,
    ("resend", "invalid_idempotent_request"): Refused,
    ("brevo", "not_enough_credits"): TryLater,
    ("brevo", "account_under_validation"): TryLater,
    ("brevo", "permission_denied"): TryLater,
    ("brevo", "unauthorized"): TryLater,
    ("brevo", "invalid_parameter"): Refused,
    ("brevo", "duplicate_request"): AnswerLost,  # the first try may have arrived
    ("scaleway", "quotas_exceeded"): TryLater,
    ("scaleway", "permissions_denied"): TryLater,
    ("scaleway", "invalid_arguments"): Refused,
    ("mailjet", "send-0008"): TryLater,  # the sender is not confirmed yet
    ("mailjet", "mj-0013"): Refused,  # not an address
    ("mailjet", "mj-0015"): Refused,  # too large
}

# The HTTP status where no code of the provider's is known.
BY_STATUS: dict[int, type[DeliveryError]] = {
    401: TryLater,
    402: TryLater,
    403: TryLater,
    404: TryLater,  # the address of the provider's interface is wrong, not the family's
    408: TryLater,
    409: TryLater,
    425: TryLater,
    429: TryLater,
    502: AnswerLost,  # what stood between us lost its answer
    504: AnswerLost,
}

# Where the provider's own code stands in its answer, from outside in.
CODE_FIELDS: dict[str, tuple[str, ...]] = {
    "brevo": ("code",),
    "mailjet": ("Messages", "Errors", "ErrorCode"),
    "postmark": ("ErrorCode",),
    "resend": ("name",),
    "scaleway": ("type",),
}

# Words in an error below HTTP that say that nothing had left us yet.
NEVER_SENT = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "NameResolutionError",
    "Failed to establish a new connection",
    "Failed to resolve",
    "SSLCertVerificationError",
    "CERTIFICATE_VERIFY_FAILED",
)
