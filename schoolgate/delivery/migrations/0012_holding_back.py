"""Whether a parcel waits because somebody is held back; a digest waits with what it holds."""

from django.db import migrations

# An automatic receipt goes: silence to who has just written would be unusual (decision 5).
WAITS = """
CREATE FUNCTION delivery_waits(parcel bigint, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM delivery_parcel p JOIN delivery_content c ON c.id = p.content_id
        WHERE (p.id = parcel OR p.gathered_in_id = parcel) AND c.purpose <> 'receipt'
          AND people_waits(p.carer_id, p.children, c.about_id, c.is_safety, at, NULL)
    )
$$;
"""
UNDONE = "DROP FUNCTION delivery_waits(bigint, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0011_notes_to_strangers"),
        ("people", "0010_holding_back"),
    ]

    operations = [migrations.RunSQL(WAITS, UNDONE)]
