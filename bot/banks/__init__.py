"""题库: generated from documents, read from files, written to files."""
