"""Files from outside: what they are, pictures made safe, and whether they carry a virus."""
