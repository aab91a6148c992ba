"""The question whether the user agrees to what a model's maker asks for."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.consent import Consent
from venice_studio.ui.jobs.blame import with_faces
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, CheckBox, PlainLabel, button
from venice_studio.ui.widgets.long_text import LongText
from venice_studio.ui.widgets.wrapping import breakable

_WIDTH = 560
_AROUND = 420
"""What is above and below the text, and some of the window behind, px."""
_ATTESTED = (
    ("acceptCheck", "I have read this policy and accept it"),
    ("rightsCheck", "I may use the pictures, videos and sounds I send, and the people in them"),
    ("screeningCheck", "I know that what I send may be screened before the clip is made"),
)
"""What is said by agreeing, each by its own check box. Live schema, in words of ours."""


class ConsentDialog(AsyncDialog):
    """Shows the whole policy as plain text. It can only be agreed to with all three boxes checked by hand."""

    def __init__(
        self,
        parent: QWidget | None,
        consent: Consent,
        *,
        model: str,
        price: str,
        takes: int = 1,
        open_page: Callable[[str], object],
    ) -> None:
        """`model` is its name, `price` that of all `takes` together; `open_page` opens an address in the browser."""
        super().__init__(parent, "Agree before it is sent")
        self.setObjectName("consentDialog")
        self.resize(_WIDTH, 0)
        self.policy = LongText(consent.policy, name="Policy", around=_AROUND)
        self.policy.setObjectName("policyText")
        self.checks = [_check(name, text) for name, text in _ATTESTED]
        self.later = button("Not now")
        self.later.setObjectName("cancelChoice")
        what = f"Agree and send for {price}" if takes == 1 else f"Agree and send {takes} takes for {price}"
        self.agree = button(what, "primary")
        self.agree.setObjectName("agreeChoice")
        self.agree.setEnabled(False)
        self._lay_out(consent, model, open_page)
        for check in self.checks:
            check.toggled.connect(lambda _: self.agree.setEnabled(all(one.isChecked() for one in self.checks)))
        self.later.clicked.connect(self.reject)
        self.agree.clicked.connect(self.accept)
        self.policy.setFocus()

    def _lay_out(self, consent: Consent, model: str, open_page: Callable[[str], object]) -> None:
        column = self.column
        column.addWidget(PlainLabel(breakable(f"{model} asks you to agree first"), "title", wrap=True))
        faces = with_faces(consent)
        about = f"It is about: {faces}." if faces else "Venice asks for it with this model."
        column.addWidget(PlainLabel(breakable(f"{about} Nothing was charged so far."), "secondary", wrap=True))
        column.addWidget(self.policy, 1)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        version = f"Policy “{consent.flow}”" + (f", version {consent.version}" if consent.version else "")
        row.addWidget(PlainLabel(breakable(version), "hint", wrap=True), 1)
        if consent.page is not None:
            page = consent.page
            link = button(f"Open it at {_host(page)}…", "link", small=True)
            link.setObjectName("policyPageButton")
            link.setToolTip("")
            link.setAccessibleName(f"Open the policy in the browser: {page}")
            link.clicked.connect(lambda: open_page(page))
            row.addWidget(link)
        column.addLayout(row)
        checks = QVBoxLayout()
        checks.setSpacing(0)
        for check in self.checks:
            checks.addWidget(check)
        column.addLayout(checks)
        column.addWidget(PlainLabel(_remembered(consent), "hint", wrap=True))
        ends = QHBoxLayout()
        ends.setSpacing(METRICS.space_2)
        ends.addStretch(1)
        ends.addWidget(self.later)
        ends.addWidget(self.agree)
        column.addLayout(ends)
        self.later.setDefault(True)


def _check(name: str, text: str) -> CheckBox:
    made = CheckBox(text)
    made.setObjectName(name)
    return made


def _host(page: str) -> str:
    host = urlsplit(page).hostname or page
    return host if len(host) <= 40 else f"{host[:39]}…"


def _remembered(consent: Consent) -> str:
    if not consent.version:
        return "The policy names no version, so this counts for this clip alone."
    return (
        "This is remembered and sent along with this model's next clips, until the policy changes or you take it back "
        "in the settings."
    )
