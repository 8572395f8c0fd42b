"""Holding back: sealed rows, and functions that say no more than that something waits."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
IN_FORCE = """h.from_at <= at AND (h.ended_at IS NULL OR h.ended_at > at)
      AND (h.until_at IS NULL OR h.until_at > at)"""
# What a definer's function reads is past every policy: it names the school in sight itself.
DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"

WHO = """
CREATE FUNCTION people_me() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('schoolgate.person', true), '')::bigint
$$;
CREATE FUNCTION people_i_hold(roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h JOIN people_teammember m ON m.id = h.member_id
        WHERE m.user_id = people_me()
          AND m.school_id = nullif(current_setting('schoolgate.school', true), '')::int
          AND h.role = ANY (roles) AND h.since <= now() AND (h.until IS NULL OR h.until > now())
          AND (m.access_ended_at IS NULL OR m.access_ended_at > now())
          AND (m.ends_on IS NULL OR m.ends_on >= now()::date)
    )
$$;
CREATE FUNCTION people_i_am_an_adult_of(pupil bigint, carer bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_carer c LEFT JOIN people_link l ON l.carer_id = c.id
        WHERE c.user_id = people_me() AND (c.id = carer OR l.pupil_id = pupil)
    )
$$;
"""
WHO_UNDONE = """
DROP FUNCTION people_i_am_an_adult_of(bigint, bigint);
DROP FUNCTION people_i_hold(text[]);
DROP FUNCTION people_me();
"""

# No policy for DELETE: the plain role finds no row.
SEAL = f"""
ALTER TABLE people_holdback ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_hold ON people_holdback FOR SELECT USING (
    {HERE} AND people_i_hold(ARRAY['dsl', 'deputy_dsl', 'head'])
    AND NOT people_i_am_an_adult_of(pupil_id, carer_id)
);
CREATE POLICY change_hold ON people_holdback FOR UPDATE USING (
    {HERE} AND people_i_hold(ARRAY['dsl', 'deputy_dsl', 'head'])
    AND NOT people_i_am_an_adult_of(pupil_id, carer_id)
);
CREATE POLICY set_hold ON people_holdback FOR INSERT WITH CHECK (
    {HERE} AND set_by_user = people_me() AND people_i_hold(ARRAY['dsl', 'deputy_dsl', 'head'])
    AND NOT people_i_am_an_adult_of(pupil_id, carer_id)
);
"""
SEAL_UNDONE = """
DROP POLICY set_hold ON people_holdback;
DROP POLICY change_hold ON people_holdback;
DROP POLICY read_hold ON people_holdback;
ALTER TABLE people_holdback DISABLE ROW LEVEL SECURITY;
"""

JUDGING = f"""
CREATE FUNCTION people_held_since(carer bigint, pupil bigint, at timestamptz)
RETURNS timestamptz {DEFINER} AS $$
    SELECT min(h.from_at) FROM people_holdback h
    WHERE h.{HERE} AND h.pupil_id = pupil AND (h.carer_id = carer OR h.carer_id IS NULL)
      AND {IN_FORCE}
$$;
CREATE FUNCTION people_waits(
    carer bigint, children bigint[], about bigint, is_safety boolean,
    at timestamptz, posted timestamptz
) RETURNS boolean {DEFINER} AS $$
    SELECT carer IS NOT NULL AND EXISTS (
        SELECT 1 FROM people_holdback h
        WHERE h.{HERE} AND (h.carer_id = carer OR h.carer_id IS NULL)
          AND h.pupil_id = ANY (CASE WHEN cardinality(children) > 0 THEN children
                                     ELSE ARRAY[about] END)
          AND (h.safety_too OR NOT is_safety) AND (posted IS NULL OR posted >= h.from_at)
          AND {IN_FORCE}
    )
$$;
CREATE FUNCTION people_held_carers(at timestamptz) RETURNS SETOF bigint {DEFINER} AS $$
    SELECT h.carer_id FROM people_holdback h
    WHERE h.{HERE} AND h.carer_id IS NOT NULL AND {IN_FORCE}
    UNION
    SELECT l.carer_id FROM people_holdback h JOIN people_link l ON l.pupil_id = h.pupil_id
    WHERE h.{HERE} AND h.carer_id IS NULL AND {IN_FORCE}
$$;
"""
JUDGING_UNDONE = """
DROP FUNCTION people_held_carers(timestamptz);
DROP FUNCTION people_waits(bigint, bigint[], bigint, boolean, timestamptz, timestamptz);
DROP FUNCTION people_held_since(bigint, bigint, timestamptz);
"""

# Anybody may raise a concern, and reads nothing of what begins by it; one hour at a time.
HOUR = f"""
CREATE FUNCTION people_begin_hour(pupil bigint, at timestamptz, until timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO people_holdback (school_id, public_id, pupil_id, from_at, until_at, reason,
        safety_too)
    SELECT p.school_id, gen_random_uuid(), p.id, at, until, '', false FROM people_pupil p
    WHERE p.id = pupil AND p.{HERE} AND NOT EXISTS (
        SELECT 1 FROM people_holdback h
        WHERE h.pupil_id = p.id AND h.set_by_user IS NULL AND {IN_FORCE}
    )
$$;
CREATE FUNCTION people_end_hour(pupil bigint, at timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE people_holdback h SET ended_at = at, ended_by_user = people_me()
    WHERE h.{HERE} AND h.pupil_id = pupil AND h.set_by_user IS NULL AND {IN_FORCE}
      AND people_i_hold(ARRAY['dsl', 'deputy_dsl', 'head', 'group_lead'])
$$;
"""
HOUR_UNDONE = """
DROP FUNCTION people_end_hour(bigint, timestamptz);
DROP FUNCTION people_begin_hour(bigint, timestamptz, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_absence"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="HoldBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("from_at", models.DateTimeField()),
                (
                    "until_at",
                    models.DateTimeField(help_text="Of the hour that begins by itself.", null=True),
                ),
                ("review_by", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "set_by_user",
                    models.BigIntegerField(help_text="Nobody: it began by itself.", null=True),
                ),
                (
                    "safety_too",
                    models.BooleanField(
                        default=False, help_text="Messages about immediate safety wait as well."
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_user", models.BigIntegerField(null=True)),
                (
                    "carer",
                    models.ForeignKey(
                        help_text="None: everybody.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.carer",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["school", "pupil"],
                        name="held_back",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("carer", None), ("set_by_user", None), ("until_at__isnull", False)
                            ),
                            models.Q(
                                ("review_by__isnull", False),
                                ("set_by_user__isnull", False),
                                ("until_at", None),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="held_back_by_somebody_or_for_the_hour",
                    )
                ],
            },
        ),
        migrations.RunSQL(WHO, WHO_UNDONE),
        migrations.RunSQL(SEAL, SEAL_UNDONE),
        migrations.RunSQL(JUDGING, JUDGING_UNDONE),
        migrations.RunSQL(HOUR, HOUR_UNDONE),
    ]
