"""The working calendar as admins keep it."""
