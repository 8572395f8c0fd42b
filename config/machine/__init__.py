"""The engine room of the fuse box: the embedded database, the user it all runs as, the supervisor.

Nothing here loads Django, so that the supervisor stays small. Its verbs are `postgres.Postgres`
(start, stop), `place.settle` (where the data lies, as which user) and `supervisor.keep_running`.
"""
