"""Who has the answers to something that goes to many."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0004_the_post_room"),
        ("people", "0006_preferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="content",
            name="answers_to",
            field=models.ForeignKey(
                help_text="Who has the answers to what went to many; else the office.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
    ]
