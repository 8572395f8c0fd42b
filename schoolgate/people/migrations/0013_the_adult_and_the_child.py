"""An order belongs to the adult and the child, not to a row: from which it was carried.

Holding back is carried by a function of the database, for whoever brings a file in can't read it.
"""

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
# It says nothing, adds only what holds more back, and ends nothing.
CARRY = f"""
CREATE FUNCTION people_carry_holds(
    earlier bigint, later bigint, child_before bigint, child bigint
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO people_holdback (school_id, public_id, pupil_id, carer_id, from_at, review_by,
        reason, set_by_user, safety_too)
    SELECT h.school_id, gen_random_uuid(), child, later, h.from_at, h.review_by, h.reason,
        h.set_by_user, h.safety_too
    FROM people_holdback h
    WHERE h.{HERE} AND h.carer_id = earlier AND h.pupil_id = child_before AND h.ended_at IS NULL
      AND EXISTS (SELECT 1 FROM people_carer c WHERE c.id = later AND c.school_id = h.school_id)
      AND EXISTS (SELECT 1 FROM people_pupil p WHERE p.id = child AND p.school_id = h.school_id)
      AND NOT EXISTS (
        SELECT 1 FROM people_holdback o
        WHERE o.carer_id = later AND o.pupil_id = child AND o.from_at = h.from_at
      )
$$;
"""
CARRY_UNDONE = "DROP FUNCTION people_carry_holds(bigint, bigint, bigint, bigint);"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_told_the_moment"),
    ]

    operations = [
        migrations.AddField(
            model_name="limit",
            name="carried_from",
            field=models.ForeignKey(
                help_text="The same order on another row of this adult or child.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.UniqueConstraint(
                fields=("link", "carried_from"), name="limit_carried_once"
            ),
        ),
        migrations.AddField(
            model_name="carer",
            name="unprotected_at",
            field=models.DateTimeField(
                help_text="When the head or DSL took the mark away: no file brings it back.",
                null=True,
            ),
        ),
        migrations.RunSQL(CARRY, CARRY_UNDONE),
    ]
