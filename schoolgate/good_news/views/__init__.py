"""The team's pages and the family's."""
