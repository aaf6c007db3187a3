"""xuefa thinks here: documents become facts, facts become questions, answers become grades.

Pure code: no Telegram, no SQL, no clock and no global random; `now` and `rng` are arguments.
"""
