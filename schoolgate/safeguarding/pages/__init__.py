"""What stands on the pages of this room, worked out for templates."""
