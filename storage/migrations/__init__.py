"""The history of the tables, one for both databases, shipped inside the package.

After a change to storage/tables: `python -m storage.migrations.draft "what changed"` writes the
next script and moves `storage.schema.HEAD`; read it, then run tests/storage.
"""
