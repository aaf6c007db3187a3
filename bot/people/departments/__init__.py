"""处室: list with sizes, add, rename; for admins."""
