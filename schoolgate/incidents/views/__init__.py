"""Views: the team, the seal, the figures."""
