"""The card of what was found: where to, preview, import or not."""
