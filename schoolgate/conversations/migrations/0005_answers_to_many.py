"""A family's answers to something that went to many stand in one thread."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0004_search"),
        ("delivery", "0004_the_post_room"),
        ("people", "0006_preferences"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="answers",
            field=models.ForeignKey(
                help_text="What went to many and this family answered, in a thread of its own.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delivery.content",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answers__isnull", False)),
                fields=("carer", "answers"),
                name="one_thread_for_each_familys_answers",
            ),
        ),
    ]
