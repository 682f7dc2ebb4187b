"""What accounts tell rooms above them; apart from the acts, because rooms connect before anything else is loaded."""

from __future__ import annotations

from django.dispatch import Signal

address_changed = Signal()
"""Sent within the transaction that gives an account another address, with `reader` as it is now; for rooms above."""
