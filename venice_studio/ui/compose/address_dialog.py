"""Where the web address of a picture is given."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from venice_studio.ui.compose.offer import clipboard, web_address
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, Field, PlainLabel, button


class AddressDialog(AsyncDialog):
    """Asks for one address; what is on the clipboard is offered where it is one."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "Picture from an address")
        self.setObjectName("addressDialog")
        self.resize(460, 0)
        self.edit = QLineEdit(web_address(clipboard().text()) or "")
        self.edit.setObjectName("addressEdit")
        self.edit.setPlaceholderText("https://…")
        self.edit.selectAll()
        self.fetch = button("Fetch the picture", "primary")
        self.fetch.setObjectName("fetchAddressButton")
        self.fetch.setDefault(True)
        leave = button("Cancel")
        self.column.addWidget(PlainLabel("Picture from an address", "title"))
        self.column.addWidget(Field("The picture's web address", self.edit))
        text = "It is fetched now and sent with your request, so that you see what is sent."
        self.column.addWidget(PlainLabel(text, "hint", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.fetch)
        self.column.addLayout(row)
        leave.clicked.connect(self.reject)
        self.fetch.clicked.connect(self.accept)
        self.edit.textChanged.connect(lambda _: self._judge())
        self._judge()
        self.edit.setFocus()

    def _judge(self) -> None:
        self.fetch.setEnabled(web_address(self.edit.text()) is not None)


async def ask_address(parent: QWidget | None) -> str | None:
    """The address the user gave; None where none was given."""
    dialog = AddressDialog(parent)
    return web_address(dialog.edit.text()) if await dialog.outcome() else None
