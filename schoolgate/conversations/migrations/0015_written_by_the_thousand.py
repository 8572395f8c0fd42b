"""Rows that a sweep writes by the thousand carry no key to the school, and fewer indexes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0014_calls"),
        ("people", "0010_holding_back"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AlterField(
            model_name="handover",
            name="from_member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="school.school",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="to_member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="promised",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="school.school",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("because", "away")),
                fields=["from_member"],
                name="hand_over_to_take_back",
            ),
        ),
    ]
