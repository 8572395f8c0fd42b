"""Verbs: write, tell, settle, hold, correct, read, remind."""
