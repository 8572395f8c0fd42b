"""The verb: tell."""
