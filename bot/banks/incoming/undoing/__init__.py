"""Imports of a bank, and taking one back."""
