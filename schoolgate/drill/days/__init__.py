"""The days that go wrong, each in a file of its own."""
