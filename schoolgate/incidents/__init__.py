"""What families must be told on the same day, such as restraint, an injury or a suspension.

`due` says by when, `states` what can happen to a telling, `actions.telling` is the verb that tells
each adult entitled, in a thread of their own. The safeguarding lead's holds are sealed rows (see
the migration). The threads, promises and parcels stay in `conversations` and `delivery`.
"""
