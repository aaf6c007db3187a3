"""A file or pasted text is accepted, and waits for the reader."""
