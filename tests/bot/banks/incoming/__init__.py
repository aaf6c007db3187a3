"""Files and texts brought through phones."""
