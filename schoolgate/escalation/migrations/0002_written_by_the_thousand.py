"""Rows that a sweep writes by the thousand carry fewer keys and indexes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("escalation", "0001_first_rows"),
        ("people", "0011_site_bars"),
        ("response_clock", "0004_written_by_the_thousand"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AlterField(
            model_name="escalation",
            name="by_carer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.carer",
            ),
        ),
        migrations.AlterField(
            model_name="escalation",
            name="by_member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="escalation",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="school.school",
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="promise",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="response_clock.promise",
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="to",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
    ]
