"""What the stage asks of the system around it, handed in as plain callables."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from venice_studio.domain.quote import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """Ways out of the window. None of them may block: the disk belongs to other threads."""

    show_in_folder: Callable[[Path], None]
    """Shows a file in the system's file manager."""

    open_file: Callable[[Path], None]
    """Opens a file in the system's own program for it."""

    open_page: Callable[[str], None]
    """Opens an https address in the browser."""

    browse_picture: Callable[[], None]
    """Lets the user choose a start frame."""

    connect_venice: Callable[[], None]
    """Opens the dialog for the key."""

    confirm_price: Callable[[Quote, Quote], Awaitable[bool]]
    """Asks whether the second price, which replaced the first, is fine too."""
