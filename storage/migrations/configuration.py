"""What alembic is told: where the scripts are, and which connection to use."""

from __future__ import annotations

from alembic.config import Config
from sqlalchemy import Connection


def configuration(connection: Connection | None = None) -> Config:
    """Settings that work from an installed wheel in any directory; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
