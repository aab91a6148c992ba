"""Where files are, in the words of people."""

from pathlib import Path


def folder(path: str | Path) -> str:
    """The folder of a file as people name it: from the home folder on, where it is inside."""
    parent = Path(path).parent
    home = Path.home()
    return str(parent.relative_to(home)) if parent.is_relative_to(home) and parent != home else str(parent)
