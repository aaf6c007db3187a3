"""人员名册: list, cards, roles, departments, deactivation; for admins."""
