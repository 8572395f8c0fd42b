"""A limit names the adult and the child themselves, so that asking stays as fast as it was."""

import django.db.models.deletion
from django.db import migrations, models

# Nothing is lost: a limit's link names both.
FILL = """
UPDATE people_limit l SET pupil_id = k.pupil_id, carer_id = k.carer_id
FROM people_link k WHERE k.id = l.link_id;
"""


def of(model: str, *, null: bool) -> models.ForeignKey:
    """One of the two."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=f"people.{model}",
    )


class Migration(migrations.Migration):
    # What is filled in and what is then demanded stand in one transaction for each step.
    dependencies = [("people", "0015_sort_keys")]

    operations = [
        migrations.AddField("limit", "pupil", of("pupil", null=True)),
        migrations.AddField("limit", "carer", of("carer", null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # The foreign keys of what was filled in are checked before the columns are changed.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("limit", "pupil", of("pupil", null=False)),
        migrations.AlterField("limit", "carer", of("carer", null=False)),
        migrations.AddIndex(
            "limit",
            models.Index(
                fields=["pupil", "carer"],
                condition=models.Q(("lifted_at", None)),
                name="limit_of_two",
            ),
        ),
    ]
