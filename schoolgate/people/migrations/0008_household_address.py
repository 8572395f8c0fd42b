"""Where a household has its post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_phases_and_classes"),
    ]

    operations = [
        migrations.AddField(
            model_name="household",
            name="address",
            field=models.TextField(blank=True, help_text="Lines for an envelope (threat T2)."),
        ),
    ]
