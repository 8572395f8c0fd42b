"""A group's phase, and which children have a place in a class."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ["people_classplace"]

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
    dependencies = [
        ("people", "0006_preferences"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="phase",
            field=models.CharField(
                blank=True, default="", help_text="Such as primary or sixth form.", max_length=60
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="ClassPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="people.group",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="classes",
                        to="people.pupil",
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
                    models.UniqueConstraint(fields=("group", "pupil"), name="one_place_in_a_class")
                ],
            },
        ),
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
    ]
