"""For today: what can't wait for a promise, who has seen it, and who collects whom."""
