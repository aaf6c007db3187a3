"""Tables of questions (Excel, CSV, tables in Word): columns known by their names, row by row."""
