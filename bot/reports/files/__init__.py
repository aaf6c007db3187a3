"""Records as files: Excel workbooks and zipped CSV tables, made by a process of their own.

The process opens the database itself and reads it in slices: it holds no writer, little memory,
and none of the bot's time, however many answers there are.
"""
