"""Reading notices of holidays."""
