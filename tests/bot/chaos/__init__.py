"""The real process, killed, stopped and starved at chosen moments: nothing may be lost."""
