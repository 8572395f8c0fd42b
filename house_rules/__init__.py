"""Tests of the house itself: floors, routes, tenancy, wording of tests."""
