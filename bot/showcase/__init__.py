"""The demo's house: three people to play, their colleagues, and weeks that lie behind them."""
