"""The pages of this room, by who sees them."""
