"""Every route names its access rule, and is tried by every kind of person."""

import pytest

from house_rules.entering import PEOPLE, enter
from house_rules.routes import Route, ours
from schoolgate.accounts.gates import a_signed_hook, anybody
from schoolgate.accounts.second_factor import PASSED
from schoolgate.conversations.models import Conversation
from schoolgate.rehearsal.cast import Cast
from schoolgate.school.tenancy import see

ROUTES = ours()
OUTSIDE_A_SCHOOL = [route for route in ROUTES if not route.path.startswith("<slug:school>/")]
IN_A_SCHOOL = [route for route in ROUTES if route.path.startswith("<slug:school>/")]
# They say nothing of anybody: a browser asks for them before somebody signs in.
OF_NOBODY = {"colours", "manifest", "worker", "offline"}


def address(route: Route, conversation: Conversation) -> str:
    """The route's address for the one conversation, or for a thing that is not there."""
    path = "/" + route.path.replace("<slug:school>", "medway-green").replace(
        "<slug:kind>", "complaint"
    )
    path = path.replace("<int:number>", "999999999").replace("<str:token>", "not-a-token")
    path = path.replace("<slug:provider>", "twilio").replace("<slug:name>", "disclosure")
    return path.replace("<uuid:public_id>", str(conversation.public_id))


def test_every_route_names_its_access_rule() -> None:
    assert [route.path for route in ROUTES if route.rule is None] == []


def test_every_route_of_a_school_is_below_its_name_and_asks_who() -> None:
    names = {route.name for route in OUTSIDE_A_SCHOOL}
    assert names <= {
        "start",
        "look",
        "leave",
        "alive",
        "my_account",
        "entry",
        "entering",
        "outbox",
        "card",
        "passkey_offer",
        "places",
        "stop_change",
        "end_device",
        "closed",
    }


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("person", PEOPLE)
def test_every_route_is_refused_to_those_whom_its_rule_does_not_admit(
    both: tuple[Cast, Cast], person: str
) -> None:
    here, other = both
    client, who = enter(person, here, other)
    see(school_id=here.school.pk)
    conversation = Conversation.objects.get(subject="The one conversation")
    for route in IN_A_SCHOOL:
        for method in (client.get, client.post):
            answer = method(address(route, conversation))
            admitted = route.rule is not None and route.rule(who)
            if route.rule is a_signed_hook:  # whoever asks: without a signature nothing is there
                assert answer.status_code in (404, 405), (person, route.path)
            elif route.rule is anybody and route.arguments:
                assert answer.status_code == 404, route.path
            elif person == "nobody":
                assert answer.status_code in (200, 302, 405), route.path
                assert route.name in OF_NOBODY or answer.status_code != 200, route.path
            elif not admitted:
                assert answer.status_code == 404, (person, route.path, answer.status_code)
            elif not route.arguments:
                assert answer.status_code in (200, 302, 405, 422), (person, route.path)


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("ewa", 200),
        ("priya", 200),
        ("dee", 200),
        ("joan", 200),
        ("tom", 200),
        ("ruth", 200),
        ("helen", 200),
        ("sam", 200),
        ("piotr", 404),
        ("nina", 404),
        ("lena", 404),
        ("grace", 404),
        ("andy", 404),
        ("other head", 404),
        ("other parent", 404),
        ("nobody", 302),
    ],
)
def test_the_one_conversation_is_there_for_some_and_not_there_for_others(
    both: tuple[Cast, Cast], person: str, status: int
) -> None:
    here, other = both
    client, _ = enter(person, here, other)
    see(school_id=here.school.pk)
    conversation = Conversation.objects.get(subject="The one conversation")
    assert client.get(conversation.page).status_code == status


def test_a_team_member_without_a_second_factor_gets_no_page(both: tuple[Cast, Cast]) -> None:
    here, other = both
    client, _ = enter("priya", here, other)
    session = client.session
    del session[PASSED]
    session.save()
    answer = client.get("/medway-green/to-answer/")
    assert answer.status_code == 302 and "/account/" in answer["Location"]


def test_what_is_not_there_and_what_is_not_yours_look_the_same(both: tuple[Cast, Cast]) -> None:
    here, other = both
    client, _ = enter("nina", here, other)
    see(school_id=here.school.pk)
    theirs = client.get(Conversation.objects.get(subject="The one conversation").page)
    nothing = client.get(f"/medway-green/conversations/{here.school.pk:032x}/")
    assert theirs.status_code == nothing.status_code == 404
    assert "There is no page here" in theirs.content.decode()
