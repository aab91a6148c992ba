"""One widget in the middle of another."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS


def centred(owner: QWidget, inner: QWidget) -> None:
    """Lay `inner` out in the middle of `owner`, as wide as it may be.

    An alignment would do the same, but then wrapped text is not asked how high it gets at the width it has.
    """
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(inner, 1000)
    across.addStretch(1)
    whole = QVBoxLayout(owner)
    whole.setContentsMargins(METRICS.space_4, METRICS.space_4, METRICS.space_4, METRICS.space_4)
    whole.addStretch(1)
    whole.addLayout(across)
    whole.addStretch(1)
