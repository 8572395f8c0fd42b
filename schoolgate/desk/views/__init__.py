"""Pages that join rooms, by who they are for."""
