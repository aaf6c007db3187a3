"""What was found in a file against what is there: new, changed, the same, doubtful."""
