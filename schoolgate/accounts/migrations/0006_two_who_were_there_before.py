"""A reset becomes one kind of change to a way in, beside a card for somebody who guards much."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def waits_no_longer(apps, schema_editor):  # type: ignore[no-untyped-def]  # as Django calls it
    """What was asked before anybody could stop it waits for nobody."""
    apps.get_model("accounts", "SignInChange").objects.update(waits_until=F("asked_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_a_place_is_no_key"),
        ("people", "0013_told_the_moment"),
    ]

    operations = [
        migrations.RenameModel("SecondFactorReset", "SignInChange"),
        migrations.AddField(
            model_name="signinchange",
            name="what",
            field=models.CharField(
                choices=[("reset", "Reset"), ("card", "Card")], default="reset", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="signinchange",
            name="waits_until",
            field=models.DateTimeField(help_text="So long its person may stop it.", null=True),
        ),
        migrations.RunPython(waits_no_longer, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="signinchange",
            name="waits_until",
            field=models.DateTimeField(help_text="So long its person may stop it."),
        ),
        migrations.AddField(
            model_name="signinchange",
            name="seen_by",
            field=models.ForeignKey(
                help_text="The lead who has spoken to its person face to face: it waits no longer.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AlterField(
            model_name="signinchange",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "Approved"),
                    ("refused", "Refused"),
                    ("stopped", "Stopped"),
                ],
                max_length=10,
            ),
        ),
    ]
