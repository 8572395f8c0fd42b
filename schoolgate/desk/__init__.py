"""The desk: the pages that join rooms. The family's home, the team's lists, the office's pages.

Reads through the rooms' `access` and `queries`; owns no tables.
"""
