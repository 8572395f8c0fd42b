"""Carers to whom nothing can safely be sent: a table of its own, of one school at a time."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ONE_SCHOOL = """
ALTER TABLE people_nosaferoute ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON people_nosaferoute
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON people_nosaferoute;
ALTER TABLE people_nosaferoute DISABLE ROW LEVEL SECURITY;
"""


def _to(model: str, related_name: str = "") -> models.ForeignKey:
    more = {"related_name": related_name} if related_name else {}
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_placing_authority"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoSafeRoute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="For the team: how they are reached.", max_length=500
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("carer", _to("people.carer", "no_safe_routes")),
                ("held_by", _to("people.teammember", "+")),
                ("school", _to("school.school")),
            ],
            options={"ordering": ["begun_at", "id"]},
        ),
        migrations.AddConstraint(
            model_name="nosaferoute",
            constraint=models.UniqueConstraint(
                condition=Q(ended_at=None), fields=["carer"], name="no_safe_route_once"
            ),
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
