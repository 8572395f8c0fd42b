"""Why another child had to be named in words that went to a family."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE people_othernamed ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON people_othernamed
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON people_othernamed;
ALTER TABLE people_othernamed DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_limits_of_two"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="OtherNamed",
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
                        help_text="What it was said in, as the ledger calls it.", max_length=30
                    ),
                ),
                ("said_in", models.UUIDField(help_text="Its public id.")),
                (
                    "children",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="The numbers of those named.",
                        size=None,
                    ),
                ),
                ("because", models.CharField(max_length=300)),
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
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["said_in"], name="other_named_in")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True),
                        name="other_named_with_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
