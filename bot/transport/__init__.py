"""The wire to the Bot API: calls out, updates in, and the pace and order of both."""
