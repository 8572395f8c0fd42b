"""An automatic note may go to an address that is nobody's here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0010_bundles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="parcel",
            name="address",
            field=models.EmailField(
                blank=True, help_text="For a sign-in code, or a note to a stranger.", max_length=254
            ),
        ),
    ]
