"""加入: /start, an invite or an open door, a name, a yes."""
