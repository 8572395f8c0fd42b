"""Rows that a sweep writes by the thousand carry fewer keys and indexes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0014_calls"),
        ("people", "0011_site_bars"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conversation",
            name="about_member",
            field=models.ForeignKey(
                db_index=False,
                help_text="The colleague whom it is about: never has it, never reads it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="carer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conversations",
                to="people.carer",
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="first_owner",
            field=models.ForeignKey(
                db_index=False,
                help_text="Of what was taken further: who had it before, and stays informed.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="school",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="from_member",
            field=models.ForeignKey(
                db_constraint=False,
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
                db_constraint=False,
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
