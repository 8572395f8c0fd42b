"""Rows that a sweep writes by the thousand carry fewer keys and indexes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("response_clock", "0003_climbing"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="promise",
            name="promise_open_by_due",
        ),
        migrations.AlterField(
            model_name="promise",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="school.school",
            ),
        ),
    ]
