"""What a message may be about, by its wording, until a person has decided."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE conversations_suggestion ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON conversations_suggestion
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON conversations_suggestion;
ALTER TABLE conversations_suggestion DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0008_files_looked_through"),
        ("people", "0008_household_address"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
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
                            ("danger", "danger"),
                            ("absence", "absence"),
                            ("collection", "collection"),
                            ("transport", "transport"),
                            ("health", "health"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(help_text="The sentence as it was shown.", max_length=120),
                ),
                ("words", models.CharField(help_text="The message's own.", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
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
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "reason"), name="suggested_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("decided_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("by__isnull", False),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_is_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
