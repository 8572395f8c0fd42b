"""Verbs of a conversation, by what is done."""
