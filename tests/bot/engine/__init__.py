"""The daily engine as a whole: plans, rolls, pushes, answers and totals under random lives."""
