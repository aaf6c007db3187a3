"""What trainers take with them: pictures of boards and participation, and files of records."""
