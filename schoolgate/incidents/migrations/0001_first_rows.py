"""What must be told today: rows of one school, and holds that two roles alone may read."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
TABLES = ("incident", "wasthere", "telling", "correction", "secondreading")
ONE_SCHOOL = "".join(
    f"""
ALTER TABLE incidents_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON incidents_{table} USING ({HERE}) WITH CHECK ({HERE});
"""
    for table in TABLES
)
ONE_SCHOOL_UNDONE = "".join(
    f"""
DROP POLICY one_school ON incidents_{table};
ALTER TABLE incidents_{table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)

READERS = """people_i_hold(ARRAY['dsl', 'deputy_dsl'])
    AND NOT people_i_am_an_adult_of(pupil_id, carer_id)"""
# No policy for DELETE: the plain role finds no row.
SEAL = f"""
ALTER TABLE incidents_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_hold ON incidents_hold FOR SELECT USING ({HERE} AND {READERS});
CREATE POLICY change_hold ON incidents_hold FOR UPDATE USING ({HERE} AND {READERS});
CREATE POLICY set_hold ON incidents_hold FOR INSERT
    WITH CHECK ({HERE} AND set_by_user = people_me() AND {READERS});
"""
SEAL_UNDONE = """
DROP POLICY set_hold ON incidents_hold;
DROP POLICY change_hold ON incidents_hold;
DROP POLICY read_hold ON incidents_hold;
ALTER TABLE incidents_hold DISABLE ROW LEVEL SECURITY;
"""

# What a definer's function reads is past every policy: it names the school in sight itself.
FUNCTIONS = f"""
CREATE FUNCTION incidents_held(incident bigint, carer bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM incidents_hold h
        WHERE h.{HERE} AND h.incident_id = incident AND h.ended_at IS NULL
          AND (h.carer_id = carer OR h.carer_id IS NULL)
    )
$$;
CREATE FUNCTION incidents_ask_again(today date, at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS (
        UPDATE incidents_hold h SET asked_at = at
        WHERE h.{HERE} AND h.ended_at IS NULL AND h.asked_at IS NULL AND h.review_on <= today
        RETURNING 1
    ) SELECT count(*) FROM asked
$$;
"""
FUNCTIONS_UNDONE = """
DROP FUNCTION incidents_ask_again(date, timestamptz);
DROP FUNCTION incidents_held(bigint, bigint);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0015_written_by_the_thousand"),
        ("delivery", "0012_holding_back"),
        ("people", "0010_holding_back"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("force", "Significant use of force"),
                            ("restraint", "Restraint"),
                            ("seclusion", "Seclusion"),
                            ("injury", "Injury"),
                            ("suspension", "Suspension"),
                            ("sent home", "Sent home ill"),
                            ("other", "Something else that the law asks us to tell"),
                        ],
                        max_length=12,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("lasted", models.PositiveSmallIntegerField(help_text="Minutes.", null=True)),
                ("place", models.CharField(max_length=120)),
                ("facts", models.TextField()),
                ("led_to_it", models.TextField(blank=True)),
                ("helped", models.TextField(blank=True)),
                (
                    "was_hurt",
                    models.BooleanField(
                        default=False, help_text="Anybody was hurt; for the figures."
                    ),
                ),
                (
                    "injuries",
                    models.TextField(
                        blank=True, help_text="Who was hurt and what first aid was given."
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        blank=True, help_text="The school's, never a private.", max_length=80
                    ),
                ),
                (
                    "named_because",
                    models.CharField(
                        blank=True,
                        help_text="Why another child is named (decision 17).",
                        max_length=300,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("pressed_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="people.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "talk_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["-happened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField()),
                ("named_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WasThere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="incidents.incident",
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
        ),
        migrations.AddField(
            model_name="incident",
            name="there",
            field=models.ManyToManyField(
                related_name="+", through="incidents.WasThere", to="people.teammember"
            ),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reason", models.TextField()),
                ("from_at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("set_by_user", models.BigIntegerField()),
                (
                    "asked_at",
                    models.DateTimeField(
                        help_text="When its readers were asked to look.", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_user", models.BigIntegerField(null=True)),
                (
                    "carer",
                    models.ForeignKey(
                        help_text="None: everybody.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.carer",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "ordering": ["from_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="held_with_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("incident", "carer"),
                        name="held_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("words", models.TextField(blank=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="incidents.incident",
                    ),
                ),
                (
                    "reader",
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
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("incident", "reader"), name="asked_to_read_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("told", "told"),
                            ("not reached", "not reached"),
                            ("recorded", "recorded"),
                        ],
                        default="written",
                        max_length=12,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "told_at",
                    models.DateTimeField(
                        help_text="When it went, arrived, or was said.", null=True
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("call", "Call"), ("in person", "In Person")],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="What was said, written down.")),
                (
                    "carer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.carer",
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        help_text="What was sent.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="delivery.content",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to="incidents.incident",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "spoken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["carer__name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["written", "not reached"])),
                        fields=["school", "incident"],
                        name="telling_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "carer"), name="told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "recorded"), _negated=True),
                            models.Q(
                                ("spoken_by__isnull", False),
                                ("told_at__isnull", False),
                                models.Q(("way", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="told_by_voice_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "told"), _negated=True),
                            ("told_at__isnull", False),
                            _connector="OR",
                        ),
                        name="told_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="wasthere",
            constraint=models.UniqueConstraint(
                fields=("incident", "member"), name="was_there_once"
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=models.Q(("pressed_at", None)),
                fields=["school", "due_at"],
                name="incident_not_told",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["school", "-happened_at"], name="incident_of_school"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("written_at"))),
                name="incident_written_afterwards",
            ),
        ),
        migrations.RunSQL(ONE_SCHOOL, ONE_SCHOOL_UNDONE),
        migrations.RunSQL(SEAL, SEAL_UNDONE),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_UNDONE),
    ]
