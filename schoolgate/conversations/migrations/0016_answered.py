"""Whether it was answered, in the family's word."""

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
ONE_SCHOOL = f"""
ALTER TABLE conversations_familyword ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON conversations_familyword USING ({HERE}) WITH CHECK ({HERE});
"""
UNDONE = """
DROP POLICY one_school ON conversations_familyword;
ALTER TABLE conversations_familyword DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0015_written_by_the_thousand"),
        ("response_clock", "0003_climbing"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("did not answer", "Did Not Answer"), ("helped", "Helped")],
                        max_length=14,
                    ),
                ),
                ("said_at", models.DateTimeField()),
                (
                    "withdrawn_at",
                    models.DateTimeField(help_text="Thanks can be taken back.", null=True),
                ),
                (
                    "again",
                    models.ForeignKey(
                        help_text="The promise that runs from the press.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_again",
                        to="response_clock.promise",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        help_text="The promise that stands as not kept, to the family's mind.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_to_mind",
                        to="response_clock.promise",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_word",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("again__isnull", False),
                                ("verdict", "did not answer"),
                                ("withdrawn_at", None),
                            ),
                            models.Q(("again", None), ("first", None), ("verdict", "helped")),
                            _connector="OR",
                        ),
                        name="family_word_runs_again_or_thanks",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
