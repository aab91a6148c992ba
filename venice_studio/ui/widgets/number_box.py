"""A number in a field of its own."""

from PySide6.QtWidgets import QSpinBox


class NumberBox(QSpinBox):
    """Counts what is typed once Enter is pressed or the keyboard leaves, and what is written otherwise at once.

    Half a typed number would be another number. What dictation or a screen reader writes is whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setKeyboardTracking(False)
        self.lineEdit().textChanged.connect(lambda _: self._take_what_is_whole())

    def _take_what_is_whole(self) -> None:
        if not self.hasFocus():
            self.interpretText()
