"""A prompt among other lines."""

from PySide6.QtWidgets import QSizePolicy

from venice_studio.ui.widgets import Elided


class Snug(Elided):
    """As high as the lines it needs, so that a short prompt leaves no gap."""

    def __init__(self, role: str, *, lines: int) -> None:
        super().__init__(role=role, lines=lines)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._line_height() * len(self._laid_out(width))

    def set_most(self, lines: int) -> None:
        """Take at most so many lines."""
        self._lines = lines
        self.updateGeometry()
