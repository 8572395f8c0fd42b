"""Pages of this room: the family's press, the leader's work, and who is away."""
