"""A code, or a link that is one, goes by text in its own words and is wiped afterwards."""

from datetime import datetime

from schoolgate.delivery.actions.posting import post_code
from schoolgate.delivery.compose import Composer, Person
from schoolgate.delivery.models import Content
from schoolgate.rehearsal.cast import Cast


def test_a_code_by_text_says_itself_and_no_more(medway: Cast, now: datetime) -> None:
    content = Content.objects.create(
        school=medway.school,
        purpose="code",
        subject="Please confirm",
        text="Please look: https://example.org/x",
        written_at=now,
    )
    parcel = post_code(content=content, address="07700 900321", at=now, channel="sms")
    assert (parcel.channel, parcel.address) == ("sms", "07700 900321")
    letter = Composer(medway.school, "sms").letter(
        number=1, key="k", content=content, person=Person(to="07700 900321")
    )
    assert letter.words.text == "Medway Green School: Please look: https://example.org/x"
