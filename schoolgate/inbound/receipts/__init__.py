"""Receipts of providers: their signatures, and what their words mean; pure."""
