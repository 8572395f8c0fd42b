"""How many emails a mail host was given, minute by minute, while it is getting known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0006_quicker_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="HostUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=200)),
                ("minute", models.DateTimeField()),
                ("sent", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("host", "minute"), name="host_minute_once")
                ],
            },
        ),
    ]
