"""Importing people from CSV files: `reading` is pure, `running` is the verb; see docs/import.md."""
