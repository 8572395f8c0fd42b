"""What was gathered for a digest knows which one holds it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0007_a_host_getting_known"),
        ("people", "0007_phases_and_classes"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="parcel",
            name="gathered_in",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="The digest that holds it; it shares that one's fate.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gathered",
                to="delivery.parcel",
            ),
        ),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                condition=models.Q(("gathered_in__isnull", False)),
                fields=["gathered_in"],
                name="parcel_in_digest",
            ),
        ),
    ]
