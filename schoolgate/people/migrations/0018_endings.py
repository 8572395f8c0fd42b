"""What was taken off a person, why, and that it was taken back the same day."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE people_ending ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON people_ending
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON people_ending;
ALTER TABLE people_ending DISABLE ROW LEVEL SECURITY;
"""
KINDS = [
    ("link", "Link"),
    ("number", "Number"),
    ("protection", "Protection"),
    ("no safe route", "No Route"),
    ("limit", "Limit"),
    ("site bar", "Bar"),
    ("class", "Class"),
    ("helping", "Helping"),
]


def of(model: str, *, null: bool) -> models.ForeignKey:
    """Somebody whom it is about, or who did it."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=f"people.{model}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0017_other_named"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("row", models.BigIntegerField()),
                ("because", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("by", of("teammember", null=False)),
                ("carer", of("carer", null=True)),
                ("member", of("teammember", null=True)),
                ("pupil", of("pupil", null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                ("undone_by", of("teammember", null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["school", "-at"], name="ending_of_school")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True),
                        name="ending_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ending_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
