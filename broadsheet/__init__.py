"""Broadsheet: a self-hosted one-stop news site, from publishers' pages to stories worth reading."""

__version__ = "0.1.0"
