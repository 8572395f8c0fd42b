"""What was taken further, and each step of the clock; each row of one school."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

TABLES = [
    "escalation_escalation",
    "escalation_happening",
    "escalation_step",
    "escalation_eve",
]

ONE_SCHOOL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON {table}
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0011_taken_further"),
        ("delivery", "0011_notes_to_strangers"),
        ("people", "0009_absence"),
        ("response_clock", "0003_climbing"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "by",
                    models.CharField(
                        choices=[("parent", "Parent"), ("staff", "Staff"), ("clock", "Clock")],
                        max_length=8,
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("asked_head", models.BooleanField(default=False)),
                ("words", models.TextField(blank=True)),
                ("skipped_because", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "raised"),
                            ("received", "received"),
                            ("acting", "acting"),
                            ("answered", "answered"),
                            ("settled", "settled"),
                            ("complaint", "complaint"),
                        ],
                        default="raised",
                        max_length=10,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by_carer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.carer",
                    ),
                ),
                (
                    "by_member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
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
                "ordering": ["raised_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Eve",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("back", models.DateTimeField(help_text="When they, or the school, are next in.")),
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
        migrations.CreateModel(
            name="Happening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=70)),
                ("by_name", models.CharField(blank=True, max_length=120)),
                ("shown", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "escalation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="happenings",
                        to="escalation.escalation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.PositiveSmallIntegerField()),
                ("fell_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="response_clock.promise",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.school",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="The notice.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="delivery.content",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["school", "holder"],
                name="escalated_to_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("conversation",),
                name="taken_further_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("state__in", ["settled", "complaint"]), _connector="XOR"
                ),
                name="escalation_over_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", "parent"), ("by_carer__isnull", False), ("by_member", None)),
                    models.Q(("by", "staff"), ("by_carer", None), ("by_member__isnull", False)),
                    models.Q(("by", "clock"), ("by_carer", None), ("by_member", None)),
                    _connector="OR",
                ),
                name="escalation_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="eve",
            constraint=models.UniqueConstraint(fields=("member", "day"), name="eve_told_once"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("promise", "step", "fell_at"), name="step_taken_once"
            ),
        ),
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
    ]
