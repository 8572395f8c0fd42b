"""Full-text search within one school, fast under row-level security.

The operator @@ is not leakproof, so under the policy no text index would be used. This function
belongs to the tables' owner, names the school itself, and gives ids only; the caller joins them
back under the policies, so that sight of single threads still applies.
"""

from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations

SEARCH = """
CREATE INDEX message_words ON conversations_message USING gin (school_id, words);
CREATE FUNCTION messages_with_words(asked text, before timestamptz, before_id bigint, at_most int)
RETURNS TABLE (message_id bigint, conversation_id bigint, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here int := nullif(current_setting('schoolgate.school', true), '')::int;
BEGIN
    IF here IS NULL THEN
        RETURN;
    END IF;
    -- Planned with the words themselves: a rare word by the text index, a common one by time.
    RETURN QUERY EXECUTE format(
        'SELECT m.id, m.conversation_id, m.at FROM conversations_message m
         WHERE m.school_id = %s AND m.words @@ websearch_to_tsquery(''english'', %L)
           AND (m.at, m.id) < (%L::timestamptz, %L::bigint)
         ORDER BY m.at DESC, m.id DESC LIMIT %s',
        here, asked, before, before_id, at_most);
END $$;
"""
UNDONE = """
DROP FUNCTION messages_with_words(text, timestamptz, bigint, int);
DROP INDEX message_words;
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_owner_has_access")]

    operations = [BtreeGinExtension(), migrations.RunSQL(SEARCH, UNDONE)]
