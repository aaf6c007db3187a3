"""xuefa talks here: the command line, the chat and its transport."""
