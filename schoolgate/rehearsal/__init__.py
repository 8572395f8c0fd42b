"""The rehearsal: two schools of plainly fictional people, for the demo and for tests alone.

Telephone numbers are from Ofcom's drama ranges, addresses under example.org. No room imports it.
"""
