"""Tests of good news."""
