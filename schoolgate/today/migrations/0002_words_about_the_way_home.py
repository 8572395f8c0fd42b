"""What speaks against a way home that came in words is kept beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("today", "0001_first_rows")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="speaks_against",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of words about the way home: a code without reasons.",
                max_length=12,
            ),
            preserve_default=False,
        ),
    ]
