"""Verbs of the post room, by what is done: posting, sorting, sweeping, handing off."""
