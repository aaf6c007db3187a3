"""Builds the files that the tests of bank formats read."""
