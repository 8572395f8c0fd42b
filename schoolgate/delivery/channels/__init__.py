"""The ways out, a folder each; deleting a folder removes the channel."""
