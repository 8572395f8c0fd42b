"""Journeys: real processes, real sockets, a real browser; no test client and no patching."""
