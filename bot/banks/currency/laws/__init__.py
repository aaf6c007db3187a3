"""/laws: which laws the house knows, and rows its admins add with a CSV file."""
