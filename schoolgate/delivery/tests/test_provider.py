"""Mail by a provider's own interface: what it is given, and what its answers mean."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.test import override_settings

from schoolgate.delivery.channels.email.provider import PROVIDERS, ProviderLine, ProviderMail
from schoolgate.delivery.errors import AnswerLost, DeliveryError, Refused, TryLater
from schoolgate.rehearsal.fake_mail_host import free_port
from schoolgate.rehearsal.fake_provider import Asked, FakeProvider, Says

MAIL = ProviderMail(
    sender_name="Medway Green",
    sender="office@medway.example.org",
    to="nina@example.org",
    reply_to="in+abc@medway.example.org",
    message_id="<1@medway.example.org>",
    subject="Schön: a message",
    text="Dear Nina",
    html="<p>Dear Nina</p>",
    headers={"List-Unsubscribe": "<https://talk.example.org/u/1>", "References": "<t@x.example>"},
    key="parcel-1",
)
KEYS = {
    "BREVO_API_KEY": "k",
    "MAILGUN_API_KEY": "k",
    "MAILGUN_SENDER_DOMAIN": "medway.example.org",
    "MAILJET_API_KEY": "k",
    "MAILJET_SECRET_KEY": "s",
    "POSTMARK_SERVER_TOKEN": "k",
    "RESEND_API_KEY": "k",
    "SCALEWAY_SECRET_KEY": "k",
    "SCALEWAY_PROJECT_ID": "p",
}
TAKEN: dict[str, Any] = {
    "brevo": {"messageId": "<b1>"},
    "mailgun": {"id": "<g1>", "message": "Queued. Thank you."},
    "mailjet": {"Messages": [{"Status": "success", "To": [{"Email": MAIL.to, "MessageID": 7}]}]},
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "p1", "To": MAIL.to},
    "resend": {"id": "r1"},
    "scaleway": {
        "emails": [
            {
                "id": "s1",
                "message_id": "m1",
                "mail_rcpt": MAIL.to,
                "status": "new",
                "rcpt_type": "to",
            }
        ]
    },
}


@contextmanager
def provider(
    name: str, *script: Says, timeout: float = 5
) -> Iterator[tuple[ProviderLine, list[Asked]]]:
    """A line to a provider that follows a script."""
    with ExitStack() as stack:
        fake = stack.enter_context(FakeProvider(list(script) or [Says(body=TAKEN[name])]))
        settings = {**KEYS, f"{name.upper()}_API_URL": fake.url}
        stack.enter_context(override_settings(ANYMAIL=settings))
        line = ProviderLine(name, timeout=timeout)
        stack.callback(line.close)
        yield line, fake.asked


def failure(name: str, *script: Says, timeout: float = 5) -> DeliveryError:
    """What one email meets."""
    with provider(name, *script, timeout=timeout) as (line, _asked):
        with pytest.raises(DeliveryError) as met:
            line.send_mail(MAIL)
        return met.value


INACTIVE = (
    "You tried to send to a recipient that has been marked as inactive.\nFound inactive addresses: "
    "nina@example.org.\nInactive recipients are ones that have generated a hard bounce."
)


def postmark(asked: Asked) -> dict[str, Any]:
    sent = asked.json
    return {
        "to": sent["To"],
        "from": sent["From"],
        "reply": sent["ReplyTo"],
        "text": sent["TextBody"],
        "html": sent["HtmlBody"],
        **{one["Name"]: one["Value"] for one in sent["Headers"]},
    }


def mailgun(asked: Asked) -> dict[str, Any]:
    sent = {name.lower(): value for name, value in asked.form.items()}
    return {
        "to": sent["to"],
        "from": sent["from"],
        "reply": sent["h:reply-to"],
        "text": sent["text"],
        "html": sent["html"],
        "Message-ID": sent["h:message-id"],
        "List-Unsubscribe": sent["h:list-unsubscribe"],
    }


@pytest.mark.parametrize(("name", "read"), [("postmark", postmark), ("mailgun", mailgun)])
def test_a_provider_gets_everything(name: str, read: Callable[[Asked], dict[str, Any]]) -> None:
    with provider(name) as (line, asked):
        line.send_mail(MAIL)
    sent = read(asked[0])
    assert sent["to"] == "nina@example.org"
    assert "office@medway.example.org" in sent["from"]
    assert "in+abc@medway.example.org" in sent["reply"]
    assert (sent["text"], sent["html"]) == ("Dear Nina", "<p>Dear Nina</p>")
    assert sent["Message-ID"] == "<1@medway.example.org>"
    assert sent["List-Unsubscribe"] == "<https://talk.example.org/u/1>"
    assert asked[0].headers["Idempotency-Key"] == "parcel-1"


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_says_so(name: str) -> None:
    with provider(name) as (line, asked):
        assert line.send_mail(MAIL).split()[0] in {"sent", "queued"}
        assert line.send_mail(replace(MAIL, html="", headers={}, key="")).split()[0] in {
            "sent",
            "queued",
        }
    assert len({one.connection for one in asked}) == 1  # the connection is kept
    assert asked[1].headers["Idempotency-Key"] == MAIL.message_id


def test_nobody_watches_whether_families_read() -> None:
    with provider("postmark") as (line, asked):
        line.send_mail(MAIL)
    assert (asked[0].json["TrackOpens"], asked[0].json["TrackLinks"]) == (False, "None")
    assert postmark(asked[0])["X-PM-KeepID"] == "true"


def test_brevo_gets_the_key_within_the_email() -> None:
    with provider("brevo") as (line, asked):
        line.send_mail(MAIL)
    assert asked[0].json["headers"]["idempotencyKey"] == "parcel-1"


@pytest.mark.parametrize(
    ("name", "answer", "kind"),
    [
        ("postmark", Says(422, {"ErrorCode": 300, "Message": "Invalid 'To' address"}), Refused),
        ("postmark", Says(422, {"ErrorCode": 406, "Message": INACTIVE}), Refused),
        ("postmark", Says(422, {"ErrorCode": 406, "Message": "In words not seen before"}), Refused),
        ("postmark", Says(422, {"ErrorCode": 405, "Message": "Out of credits"}), TryLater),
        ("postmark", Says(422, {"ErrorCode": 401, "Message": "Not confirmed"}), TryLater),
        ("postmark", Says(401, {"ErrorCode": 10, "Message": "Bad token"}), TryLater),
        ("postmark", Says(429, {"Message": "Too many"}), TryLater),
        ("postmark", Says(500, {"Message": "Ours"}), TryLater),
        ("postmark", Says(503), TryLater),
        ("postmark", Says(502), AnswerLost),
        ("postmark", Says(504), AnswerLost),
        ("postmark", Says(200, {"surprise": 1}), AnswerLost),
        ("mailgun", Says(400, {"message": "'to' parameter is not a valid address"}), Refused),
        ("mailgun", Says(401, {"message": "Forbidden"}), TryLater),
        ("mailgun", Says(404, {"message": "Domain not found: x"}), TryLater),
        ("resend", Says(422, {"name": "validation_error", "message": "to"}), Refused),
        ("resend", Says(429, {"name": "daily_quota_exceeded", "message": "x"}), TryLater),
        ("brevo", Says(400, {"code": "invalid_parameter", "message": "x"}), Refused),
        ("brevo", Says(400, {"code": "not_enough_credits", "message": "x"}), TryLater),
        ("brevo", Says(400, {"code": "duplicate_request", "message": "x"}), AnswerLost),
        ("scaleway", Says(403, {"type": "quotas_exceeded"}), TryLater),
    ],
)
def test_an_answer_means_for_good_or_for_later_or_nobody_knows(
    name: str, answer: Says, kind: type[DeliveryError]
) -> None:
    assert type(failure(name, answer)) is kind


def test_an_answer_that_never_comes_is_in_doubt() -> None:
    assert type(failure("postmark", Says(drop=True))) is AnswerLost
    assert type(failure("postmark", Says(wait=3), timeout=0.3)) is AnswerLost


def test_a_provider_that_is_away_has_nothing_yet() -> None:
    nobody = {**KEYS, "POSTMARK_API_URL": f"http://127.0.0.1:{free_port()}/"}
    with override_settings(ANYMAIL=nobody), pytest.raises(TryLater):
        ProviderLine("postmark").send_mail(MAIL)


def test_after_a_lost_answer_the_line_works_again() -> None:
    with provider("postmark", Says(drop=True), Says(body=TAKEN["postmark"])) as (line, asked):
        with pytest.raises(AnswerLost):
            line.send_mail(MAIL)
        assert line.send_mail(MAIL).startswith("sent")
    assert [one.headers["Idempotency-Key"] for one in asked] == ["parcel-1"] * 2


@override_settings(ANYMAIL={})
def test_what_is_not_set_up_waits_with_a_sentence() -> None:
    with pytest.raises(TryLater, match="no provider 'pigeon'"):
        ProviderLine.from_url("anymail+pigeon:").send_mail(MAIL)
    with pytest.raises(TryLater, match="POSTMARK_SERVER_TOKEN"):
        ProviderLine.from_url("anymail+postmark:").send_mail(MAIL)
    with pytest.raises(TryLater, match="boto3"):
        ProviderLine.from_url("anymail+ses:").send_mail(MAIL)


def test_what_no_provider_can_write_down_is_refused() -> None:
    with provider("postmark") as (line, asked), pytest.raises(Refused):
        line.send_mail(replace(MAIL, to="not an address"))
    assert asked == []


def test_every_provider_of_the_table_is_one_of_anymail() -> None:
    with override_settings(ANYMAIL={}):
        for name in PROVIDERS:
            with pytest.raises(TryLater) as met:
                ProviderLine(name).send_mail(MAIL)
            assert "no provider" not in str(met.value)
