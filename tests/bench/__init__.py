"""Benches: each prints its figures and, last, one line `NAME ratio=R bar=B`."""
