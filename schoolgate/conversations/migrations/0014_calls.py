"""Calls and visits with their outcome, who is to be rung and by when, urgent answers."""

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
TABLES = ("conversations_call", "conversations_calltask", "conversations_urgent")
ONE_SCHOOL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON {table} USING ({here}) WITH CHECK ({here});
"""
UNDONE = """
DROP POLICY one_school ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0013_kept"),
        ("people", "0010_holding_back"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("call", "Call"), ("visit", "Visit")], default="call", max_length=5
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("spoke", "Spoke"),
                            ("voicemail", "Voicemail"),
                            ("no answer", "No Answer"),
                            ("engaged", "Engaged"),
                        ],
                        max_length=9,
                    ),
                ),
                ("inbound", models.BooleanField(help_text="The family rang or came.")),
                (
                    "line",
                    models.CharField(
                        blank=True, help_text="Which line of the school's.", max_length=80
                    ),
                ),
                (
                    "private_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was a private telephone (decision 13).",
                        max_length=300,
                    ),
                ),
                ("promised", models.CharField(blank=True, max_length=300)),
                ("promised_by", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField()),
                ("logged_at", models.DateTimeField()),
                (
                    "logged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call",
                        to="conversations.message",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.school",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("private_reason", ""), _negated=True),
                        fields=["school", "began_at"],
                        name="call_on_a_private_phone",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("line", ""), ("private_reason", ""), ("way", "visit")),
                            models.Q(
                                ("private_reason", ""),
                                ("way", "call"),
                                models.Q(("line", ""), _negated=True),
                            ),
                            models.Q(
                                ("line", ""),
                                ("way", "call"),
                                models.Q(("private_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="call_by_a_school_line_or_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way", "call"), ("outcome", "spoke"), _connector="OR"),
                        name="visit_is_a_conversation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "queue",
                    models.CharField(
                        blank=True,
                        choices=[("office", "Office"), ("complaints", "Complaints")],
                        max_length=12,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("promised", "Promised"),
                            ("urgent", "Urgent"),
                            ("asked", "Asked"),
                        ],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("first_attempt_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                (
                    "reminded_at",
                    models.DateTimeField(
                        help_text="Whoever has it was told that it waits.", null=True
                    ),
                ),
                ("office_told_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_tasks",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
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
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["school", "due_at"],
                        name="call_task_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member__isnull", False), ("queue", "")),
                            models.Q(("member", None), models.Q(("queue", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="call_task_has_exactly_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("ended_because", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="call_task_ends_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("conversation", "why"),
                        name="one_open_call_task_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Urgent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Rung"),
                            ("not to be rung", "Not To Be Rung"),
                            ("no number", "No Number"),
                            ("rang elsewhere", "Rang Elsewhere"),
                            ("other", "Other"),
                        ],
                        max_length=14,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("first_attempt_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="urgent",
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
                "indexes": [models.Index(fields=["school", "at"], name="urgent_lately")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("because", ""), _negated=True),
                            ("first_attempt_at__isnull", False),
                            _connector="OR",
                        ),
                        name="urgent_was_rung_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("because", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="urgent_for_another_reason_says_it",
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL(ONE_SCHOOL.format(table=table, here=HERE), UNDONE.format(table=table))
            for table in TABLES
        ),
    ]
