"""The owner's access is asked of the owner first: a sweep moves thousands of threads at once."""

from django.db import migrations

CHEAPLY = """
CREATE OR REPLACE FUNCTION conversation_owner_has_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM people_teammember m
        WHERE m.id = NEW.owner_id AND m.access_ended_at IS NOT NULL
    ) AND EXISTS (
        SELECT 1 FROM conversations_conversation c
        JOIN people_teammember m ON m.id = c.owner_id
        WHERE c.id = NEW.id AND m.access_ended_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A conversation can not be owned by somebody whose access has ended.';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0011_taken_further")]

    operations = [migrations.RunSQL(CHEAPLY, migrations.RunSQL.noop)]
