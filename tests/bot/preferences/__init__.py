"""Wishes, leave, 10分钟后."""
