"""Pages of this room: the family's side, the team's side, and files."""
