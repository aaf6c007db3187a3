"""How the house does, and who is told when it does not do well."""
