"""Who wrote down what a voicemail says, and files that still lie with a telephone company."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0009_suggestions"),
        ("people", "0008_household_address"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="spoken",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not Spoken"),
                    ("untyped", "Untyped"),
                    ("machine", "Machine"),
                    ("person", "Person"),
                ],
                help_text="Of a voicemail: who wrote down what it says.",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="typed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="stored",
            field=models.ForeignKey(
                help_text="Nothing while it still lies with a telephone company.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="school.storedfile",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("stored__isnull", False), ("looked_at", None), _connector="OR"),
                name="file_looked_through_is_there",
            ),
        ),
    ]
