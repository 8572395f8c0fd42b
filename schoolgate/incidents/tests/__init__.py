"""Tests of what must be told today."""
