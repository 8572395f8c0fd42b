"""The policy of row-level security already checks the school of every row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0005_answers_to_many"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attempt",
            name="parcel",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="delivery.parcel",
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="content",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parcels",
                to="delivery.content",
            ),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="school.school",
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="school.school",
            ),
        ),
    ]
