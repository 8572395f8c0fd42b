"""A child's own home times, by weekday."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE people_ownhometime ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON people_ownhometime
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON people_ownhometime;
ALTER TABLE people_ownhometime DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_site_bars"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnHomeTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("weekday", models.PositiveSmallIntegerField(help_text="0 is Monday.")),
                ("at", models.TimeField()),
                ("begins_on", models.DateField()),
                (
                    "until",
                    models.DateField(
                        help_text="The last day; null for as long as it stands.", null=True
                    ),
                ),
                (
                    "after_school",
                    models.BooleanField(
                        default=False,
                        help_text="A club: it may be later than the school's own home time.",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("written_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="Taken off by hand; then it holds never.", null=True
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_home_times",
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
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["weekday", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lt", 7)), name="own_home_time_on_a_weekday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="own_home_time_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="own_home_time_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
