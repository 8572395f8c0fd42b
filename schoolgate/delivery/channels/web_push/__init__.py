"""Notices on browsers that say only that there is a message (RFC 8030, 8291, 8292; threat T4)."""
