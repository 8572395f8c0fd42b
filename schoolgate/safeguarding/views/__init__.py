"""Pages of this room: for who is worried, and the sealed ones."""
