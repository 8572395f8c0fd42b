"""One school never sees another: by the database itself, whatever a view forgets."""

# Real clock: pages and jobs that are tried here ask the machine's own, as in service.

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from house_rules.entering import enter
from schoolgate.accounts.models import User
from schoolgate.conversations.models import Conversation, Message
from schoolgate.conversations.tests.acting import writes
from schoolgate.desk import lists
from schoolgate.ledger.models import Entry
from schoolgate.rehearsal.cast import Cast, assemble
from schoolgate.school.models import School
from schoolgate.school.tenancy import see

# Tables without `school_id`: a closed list, each with its reason (house rule 4).
WITHOUT_A_SCHOOL = {
    "school_school": "the list of schools",
    "accounts_user": "sign-in: looked up by address before any school is known",
    "accounts_joinedusers": "sign-in: two users of one person, at two schools, by their own word",
    "accounts_codecard": "sign-in: a card is looked up before anybody is known; a hash, no code",
    "delivery_hostuse": "a mail host is the installation's: counts of emails, of all schools",
    "limits_on_tries": "sign-in: limits are counted before anybody is known",
    "django_session": "sign-in: web sessions",
    "account_": "sign-in: allauth's addresses",
    "mfa_": "sign-in: authenticators",
    "usersessions_": "sign-in: signed-in devices",
    "socialaccount_": "sign-in: school sign-on",
    "auth_": "framework: groups and permissions, not used",
    "django_": "framework: content types, migrations",
    "procrastinate_": "framework: jobs; their arguments are ids only",
}
TENANT_MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("schoolgate.")
    and any(field.name in {"school", "school_id"} for field in model._meta.get_fields())
    and model not in {School, User}
]


def rows(sql: str) -> list[tuple[object, ...]]:
    """What the plain role reads."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_the_connection_of_requests_and_jobs_is_a_plain_role(db: None) -> None:
    ((powerful, past_policies, makes),) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb FROM pg_roles"
        " WHERE rolname = current_user"
    )
    assert (powerful, past_policies, makes) == (False, False, False)
    assert rows("SELECT 1 FROM pg_tables WHERE tableowner = current_user") == []


def test_every_table_has_a_school_and_row_security_or_a_reason(db: None) -> None:
    tables = rows(
        "SELECT c.relname, c.relrowsecurity, EXISTS (SELECT 1 FROM pg_attribute a WHERE"
        " a.attrelid = c.oid AND a.attname = 'school_id' AND NOT a.attisdropped),"
        " EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
    )
    unexplained = [
        name
        for name, secured, has_school, has_policy in tables
        if not (secured and has_school and has_policy)
        and not any(str(name).startswith(known) for known in WITHOUT_A_SCHOOL)
    ]
    assert len(tables) > 20
    assert unexplained == []


@pytest.mark.clause("2.2-T5")
@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model.__name__)
def test_with_no_school_set_a_query_returns_nothing(
    db: None, model: type[models.Model], owner_connection: psycopg.Connection
) -> None:
    at = timezone.now()
    writes(assemble("medway-green", at), "ewa", "kuba", at)
    see(school_id=None)
    assert model._default_manager.count() == 0


def test_a_view_that_forgets_its_filter_still_shows_nothing_of_another_school(
    both: tuple[Cast, Cast],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, other = both
    see(school_id=other.school.pk)
    writes(other, "mia", "tilly", timezone.now(), subject="Theirs alone")
    client, _ = enter("ruth", here, other)
    monkeypatch.setattr(
        lists,
        "every",
        lambda who, *more: lists._for_a_row(Conversation.objects.order_by("-last_at"), who.at),
    )
    page = client.get("/medway-green/conversations/").content.decode()
    assert "The one conversation" in page and "Theirs alone" not in page


def test_nobody_writes_a_row_into_another_school(both: tuple[Cast, Cast]) -> None:
    here, other = both
    see(school_id=here.school.pk)
    conversation = Conversation.objects.get(subject="The one conversation")
    with pytest.raises(Exception, match="row-level security"):
        Message.objects.create(
            school=other.school,
            conversation=conversation,
            direction="automatic",
            channel="portal",
            body="x",
            at=timezone.now(),
        )


@pytest.mark.parametrize("sql", ["UPDATE ledger_entry SET verb = 'x'", "DELETE FROM ledger_entry"])
def test_the_ledger_is_append_only_even_for_a_hand_written_statement(
    medway: Cast, sql: str
) -> None:
    writes(medway, "ewa", "kuba", timezone.now())
    assert Entry.objects.exists()
    with pytest.raises(Exception, match="written once and never changed"):
        rows(sql)


def test_views_of_team_members_are_recorded_and_those_of_carers_never(
    both: tuple[Cast, Cast],
) -> None:
    here, other = both
    see(school_id=here.school.pk)
    page = Conversation.objects.get(subject="The one conversation").page
    before = Entry.objects.count()
    Client()
    carer, _ = enter("ewa", here, other)
    carer.get(page)
    see(school_id=here.school.pk)
    assert Entry.objects.count() == before
    tutor, _ = enter("priya", here, other)
    tutor.get(page)
    see(school_id=here.school.pk)
    assert Entry.objects.filter(verb="looked at", actor_kind="team").count() == 1
