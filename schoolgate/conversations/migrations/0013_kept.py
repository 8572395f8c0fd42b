"""A leader takes a text: its words are for that leader and their author, as the database judges."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
TABLES = ("conversations_givenwords", "conversations_seen", "conversations_readbefore")
ONE_SCHOOL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON {table} USING ({here}) WITH CHECK ({here});
"""
UNDONE = """
DROP POLICY one_school ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""

# Anybody may put a text away: a concern may be raised by anybody. No policy for UPDATE or DELETE:
# the plain role finds no row for either.
SEAL = f"""
ALTER TABLE conversations_kept ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_kept ON conversations_kept FOR SELECT USING (
    {HERE} AND (
        keeper_user = nullif(current_setting('schoolgate.person', true), '')::bigint
        OR EXISTS (
            SELECT 1 FROM people_carer c WHERE c.id = author_id
              AND c.user_id = nullif(current_setting('schoolgate.person', true), '')::bigint
        )
    )
);
CREATE POLICY put_away ON conversations_kept FOR INSERT WITH CHECK ({HERE});

CREATE FUNCTION conversations_kept_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A text that was kept is never changed.';
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON conversations_kept
    FOR EACH ROW EXECUTE FUNCTION conversations_kept_never_changes();
"""
SEAL_UNDONE = """
DROP TRIGGER never_changes ON conversations_kept;
DROP FUNCTION conversations_kept_never_changes();
DROP POLICY put_away ON conversations_kept;
DROP POLICY read_kept ON conversations_kept;
ALTER TABLE conversations_kept DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0012_owner_has_access_cheaply"),
        ("people", "0008_household_address"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="guided",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A leader gives the words that the family is answered with.",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="kept_at",
            field=models.DateTimeField(help_text="When a leader took its text.", null=True),
        ),
        migrations.CreateModel(
            name="GivenWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField()),
                (
                    "given_by_user",
                    models.BigIntegerField(help_text="On no page: it says a leader."),
                ),
                ("at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="given_words",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="kept",
                        serialize=False,
                        to="conversations.message",
                    ),
                ),
                ("keeper_user", models.BigIntegerField()),
                ("words", models.TextField()),
                ("folded", models.TextField(blank=True)),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        help_text="The thread's, where it came with this message.",
                        max_length=200,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="For the keeper alone.", max_length=300),
                ),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.carer",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadBefore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_before",
                        to="conversations.message",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message", "member"), name="read_before_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                (
                    "up_to",
                    models.BigIntegerField(
                        help_text="The number of the latest message at that time."
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "member"), name="seen_once_a_thread_and_member"
                    )
                ],
            },
        ),
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table, here=HERE), UNDONE.format(table=table))
            for table in TABLES
        ],
        migrations.RunSQL(SEAL, SEAL_UNDONE),
    ]
