"""What comes by telephone: why a person has to look at it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbound", "0004_passed_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="trayitem",
            name="reason",
            field=models.CharField(
                choices=[
                    ("unreadable", "unreadable"),
                    ("unknown sender", "unknown sender"),
                    ("shared address", "shared address"),
                    ("others reply address", "others reply address"),
                    ("wrong reply address", "wrong reply address"),
                    ("thread not theirs now", "thread not theirs now"),
                    ("authentication failed", "authentication failed"),
                    ("looks like reply", "looks like reply"),
                    ("looks like forward", "looks like forward"),
                    ("to many", "to many"),
                    ("report of nothing known", "report of nothing known"),
                    ("not taken by itself", "not taken by itself"),
                    ("unknown number", "unknown number"),
                    ("shared number", "shared number"),
                    ("no number", "no number"),
                ],
                max_length=30,
            ),
        ),
    ]
