"""Verbs of the post that comes in, by what is done."""
