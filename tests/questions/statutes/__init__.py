"""Law texts: the parser, the facts, the questions, and what must never be asked."""
