"""The school: its settings, hours, calendar and files; and the setting that a transaction sees one.

Neighbours: `working_time` below does the arithmetic; every room above stands in one school.
"""
