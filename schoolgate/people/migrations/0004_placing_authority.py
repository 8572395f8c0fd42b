"""In what capacity an adult acts: as family, or for the placing authority."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_rights_at_sixteen")]

    operations = [
        migrations.AddField(
            model_name="carer",
            name="capacity",
            field=models.CharField(
                choices=[("family", "Family"), ("professional", "Professional")],
                default="family",
                max_length=12,
            ),
        ),
    ]
