"""Repositories: the statements of one domain each, returning frozen rows, never SQL objects.

`get` raises Missing, `find` gives None, `list_…` gives a list, `add` gives the new id.
"""
