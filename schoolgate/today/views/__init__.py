"""Pages of what is for today, by who they are for."""
