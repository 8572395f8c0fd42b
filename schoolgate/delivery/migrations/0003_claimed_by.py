"""A claim names its claimant, so that the claims of a worker that died are free at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0002_one_school")]

    operations = [
        migrations.AddField(
            model_name="parcel",
            name="claimed_by",
            field=models.BigIntegerField(
                help_text="A sorting's number; it lives while somebody holds the lock on it.",
                null=True,
            ),
        ),
    ]
