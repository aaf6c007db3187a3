"""负责处室: which departments a trainer answers for, where not just the own one; for admins."""
