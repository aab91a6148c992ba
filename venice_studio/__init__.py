"""Venice Studio: AI video for point-and-click creators."""

__version__ = "0.1.0"
