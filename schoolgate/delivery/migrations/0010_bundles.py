"""What iSAMS is to send, prepared by the office as bundles, one for each set of words."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

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
        ("delivery", "0009_letters"),
        ("people", "0008_household_address"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Of whose words; none means the school's own.",
                        max_length=12,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("reference", models.CharField(blank=True, max_length=120)),
                ("given_back_at", models.DateTimeField(null=True)),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bundles",
                        to="delivery.content",
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
                "ordering": ["prepared_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="parcel",
            name="bundle",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="The hand-off to iSAMS that it is, or was, part of.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parcels",
                to="delivery.bundle",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("bundle__isnull", False)),
                fields=["bundle"],
                name="parcel_in_bundle",
            ),
        ),
        migrations.AddIndex(
            model_name="bundle",
            index=models.Index(
                condition=models.Q(("given_back_at", None), ("sent_at", None)),
                fields=["school", "prepared_at"],
                name="bundle_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="bundle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reference", ""), ("sent_at", None)),
                    models.Q(
                        ("given_back_at", None),
                        ("sent_at__isnull", False),
                        models.Q(("reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bundle_sent_with_a_reference_or_not_at_all",
            ),
        ),
        migrations.RunSQL(
            ONE_SCHOOL.format(table="delivery_bundle"), UNDONE.format(table="delivery_bundle")
        ),
    ]
