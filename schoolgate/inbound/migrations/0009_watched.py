"""How far each mailbox was looked through."""

import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE inbound_watched ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON inbound_watched
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON inbound_watched;
ALTER TABLE inbound_watched DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inbound", "0008_words_besides"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mailbox",
                    models.CharField(help_text="Its address, without a password.", max_length=400),
                ),
                (
                    "validity",
                    models.BigIntegerField(help_text="Where it changes, the numbers begin anew."),
                ),
                (
                    "last",
                    models.BigIntegerField(help_text="The highest number that was looked at."),
                ),
                (
                    "left",
                    models.JSONField(
                        default=list, help_text="Numbers that could not be taken yet."
                    ),
                ),
                ("since", models.DateTimeField(help_text="Nothing counts as received before it.")),
                ("looked_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "mailbox"), name="mailbox_watched_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
