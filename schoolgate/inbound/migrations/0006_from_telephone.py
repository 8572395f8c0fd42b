"""What lies with a telephone company and has still to be fetched."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE inbound_fetching ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON inbound_fetching
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON inbound_fetching;
ALTER TABLE inbound_fetching DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0010_spoken_and_awaited"),
        ("inbound", "0005_known_again"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AlterField(
            model_name="trayitem",
            name="reason",
            field=models.CharField(
                choices=[
                    ("unreadable", "unreadable"),
                    ("unknown sender", "unknown sender"),
                    ("shared address", "shared address"),
                    ("others reply address", "others reply address"),
                    ("wrong reply address", "wrong reply address"),
                    ("thread not theirs now", "thread not theirs now"),
                    ("authentication failed", "authentication failed"),
                    ("looks like reply", "looks like reply"),
                    ("looks like forward", "looks like forward"),
                    ("to many", "to many"),
                    ("report of nothing known", "report of nothing known"),
                    ("not taken by itself", "not taken by itself"),
                    ("unknown number", "unknown number"),
                    ("shared number", "shared number"),
                    ("no number", "no number"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="Fetching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("provider", models.CharField(max_length=20)),
                ("url", models.TextField()),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("fetched", "Fetched"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                (
                    "because",
                    models.CharField(
                        blank=True, help_text="Why the last try failed.", max_length=300
                    ),
                ),
                (
                    "media_type",
                    models.CharField(blank=True, help_text="As sniffed.", max_length=100),
                ),
                ("held_because", models.CharField(blank=True, max_length=120)),
                (
                    "arrival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fetchings",
                        to="inbound.arrival",
                    ),
                ),
                (
                    "attachment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.attachment",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["school", "next_try_at"],
                        name="to_be_fetched",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "fetched"), ("stored__isnull", False)),
                            models.Q(
                                models.Q(("state", "fetched"), _negated=True), ("stored", None)
                            ),
                            _connector="OR",
                        ),
                        name="fetched_is_here",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
