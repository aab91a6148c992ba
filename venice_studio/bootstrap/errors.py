"""What stops the set-up."""

from __future__ import annotations


class SetupError(Exception):
    """The set-up cannot go on; the text says to the user what happened and what to do."""
