"""Of what is folded in a tray item, what we did not send is kept to be looked through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbound", "0007_reports_not_proven"),
    ]

    operations = [
        migrations.AddField(
            model_name="trayitem",
            name="besides",
            field=models.TextField(
                blank=True,
                help_text="Of what is folded, what we did not send: looked through as well.",
            ),
        ),
    ]
