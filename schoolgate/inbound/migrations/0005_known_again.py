"""A mail is known again by equality, whichever thread it was sent to."""

from django.db import migrations, models

FILLED = "UPDATE inbound_arrival SET same = split_part(key, ':', 1)"


class Migration(migrations.Migration):
    dependencies = [("inbound", "0004_passed_on")]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="same",
            field=models.CharField(
                default="",
                help_text="The key, whichever thread it was sent to.",
                max_length=120,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["school", "same"], name="mail_known_again"),
        ),
    ]
