"""What trainers and admins bring: files and pasted text, read, looked over, imported, undone.

`taking` accepts a file, `reader` has it read in the background, `surveying` compares what was
found with what is there, `deciding` is the card with its buttons, `undoing` takes an import back.
"""
