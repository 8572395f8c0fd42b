"""A report that nothing proves, or that says nothing clear, is a reason to look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbound", "0006_from_telephone"),
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
                    ("report not proven", "report not proven"),
                    ("report unclear", "report unclear"),
                    ("not taken by itself", "not taken by itself"),
                    ("unknown number", "unknown number"),
                    ("shared number", "shared number"),
                    ("no number", "no number"),
                ],
                max_length=30,
            ),
        ),
    ]
