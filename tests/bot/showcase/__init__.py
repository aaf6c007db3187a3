"""The demo's house and its past."""
