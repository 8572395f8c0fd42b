"""Many people, many channels: children and priority on a parcel, words in other languages."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

TABLES = ["delivery_contentwords", "delivery_pushsubscription"]

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
        ("delivery", "0003_claimed_by"),
        ("people", "0006_preferences"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("endpoint", models.URLField(max_length=500)),
                (
                    "key",
                    models.CharField(
                        help_text="The browser's public key, base64url.", max_length=120
                    ),
                ),
                (
                    "secret",
                    models.CharField(help_text="Its shared secret, base64url.", max_length=60),
                ),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="parcel",
            name="parcel_to_sort",
        ),
        migrations.RemoveIndex(
            model_name="parcel",
            name="parcel_not_reached",
        ),
        migrations.AddField(
            model_name="content",
            name="asks",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing"),
                    ("confirm", "Confirm"),
                    ("yes or no", "Yes Or No"),
                    ("consent", "Consent"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="content",
            name="is_safety",
            field=models.BooleanField(
                default=False,
                help_text="Closure, transport, evacuation: goes whatever is held back.",
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="arrived_at",
            field=models.DateTimeField(
                help_text="When a provider said that it arrived.", null=True
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="because",
            field=models.CharField(blank=True, help_text="Why it failed for good.", max_length=300),
        ),
        migrations.AddField(
            model_name="parcel",
            name="children",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                help_text="Pupils whom it concerns, at posting.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="doubts",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="How often its answer was lost; it is repeated once at most."
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="priority",
            field=models.SmallIntegerField(
                choices=[(0, "Urgent"), (2, "Person"), (5, "Service"), (8, "News")], default=2
            ),
        ),
        migrations.AlterField(
            model_name="content",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("reply", "Reply"),
                    ("receipt", "Receipt"),
                    ("service", "Service"),
                    ("news", "News"),
                    ("digest", "Digest"),
                    ("alert", "Alert"),
                    ("code", "Code"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "Portal"),
                    ("email", "Email"),
                    ("sms", "Sms"),
                    ("push", "Push"),
                    ("voice", "Voice"),
                    ("letter", "Letter"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="content",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parcels",
                to="delivery.content",
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="public_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="reference",
            field=models.CharField(
                blank=True,
                help_text="What iSAMS, or a provider, calls the sending.",
                max_length=120,
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="school",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("claimed", "Claimed"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("not entitled", "Not Entitled"),
                    ("owed", "Owed"),
                    ("handed off", "Handed Off"),
                    ("gathered", "Gathered"),
                    ("taken back", "Taken Back"),
                ],
                default="waiting",
                max_length=14,
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["school", "channel", "priority", "next_try_at"],
                name="parcel_to_sort",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("state", "claimed")),
                fields=["school", "claimed_by"],
                name="parcel_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("state__in", ["failed", "owed", "gathered"])),
                fields=["school", "state", "posted_at"],
                name="parcel_not_reached",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("reference", ""), _negated=True),
                fields=["school", "reference"],
                name="parcel_by_reference",
            ),
        ),
        migrations.AddField(
            model_name="contentwords",
            name="content",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="other_words",
                to="delivery.content",
            ),
        ),
        migrations.AddField(
            model_name="contentwords",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="pushsubscription",
            name="carer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="subscriptions",
                to="people.carer",
            ),
        ),
        migrations.AddField(
            model_name="pushsubscription",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddConstraint(
            model_name="contentwords",
            constraint=models.UniqueConstraint(
                fields=("content", "language"), name="words_once_a_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="pushsubscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("carer", "endpoint"),
                name="subscribed_once",
            ),
        ),
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
    ]
