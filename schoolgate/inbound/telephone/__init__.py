"""Texts and voicemail: what providers hand over, and what whole words such as STOP mean; pure."""
