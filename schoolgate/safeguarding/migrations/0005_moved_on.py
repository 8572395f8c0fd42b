"""A concern moves on from who is away; whom it may not reach is told by a function: ids alone."""

from django.db import migrations, models

NEVER_TOLD = """
CREATE FUNCTION safeguarding_never_told(c bigint) RETURNS TABLE (member bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.about_member_id FROM safeguarding_concern k
    WHERE k.id = c AND k.school_id = safeguarding_school() AND k.about_member_id IS NOT NULL
    UNION SELECT stands.about_id FROM safeguarding_stands(c) stands
    WHERE stands.about_id IS NOT NULL
    UNION SELECT s.member_id FROM safeguarding_step s, safeguarding_stands(c) stands
    WHERE s.concern_id = c AND s.kind = 'kept from' AND NOT stands.about_adult
$$;
"""
NEVER_TOLD_UNDONE = "DROP FUNCTION safeguarding_never_told(bigint);"


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0004_text_sealed"),
    ]

    operations = [
        migrations.RunSQL(NEVER_TOLD, NEVER_TOLD_UNDONE),
        migrations.AlterField(
            model_name="alert",
            name="step",
            field=models.CharField(
                choices=[
                    ("at once", "At Once"),
                    ("on call", "On Call"),
                    ("moved on", "Moved"),
                    ("further", "Further"),
                    ("group lead", "Group Lead"),
                    ("gap", "Gap"),
                    ("file due", "File Due"),
                ],
                max_length=10,
            ),
        ),
    ]
