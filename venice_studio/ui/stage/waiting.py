"""What is looked at while a clip renders: its start frame, dimmed, or an empty frame of the right shape."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPainterPath, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.domain import choices
from venice_studio.domain.job import Job, Rendering
from venice_studio.domain.media import Picture
from venice_studio.domain.outlook import Outlook
from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.jobs.words import rough, section, stopwatch, wait_note
from venice_studio.ui.stage.centred import centred
from venice_studio.ui.stage.snug import Snug
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import PlainLabel, ProgressLine, rounded

_WIDTH = 480
_DIM = 0.22
_EMPTY = 0.3  # how much of the raised ground an empty frame has
_WIDE = 16 / 9
_STILL = 1280  # px, the longer side of the start frame as it is shown here


class Waiting(QWidget):
    """Shows one job that is under way and follows the time while it is in sight."""

    def __init__(
        self,
        stills: Stills,
        picture_path: Callable[[Picture], str],
        now: Callable[[], datetime],
        outlook: Callable[[Job], Outlook],
    ) -> None:
        super().__init__()
        self._stills = stills
        self._picture_path = picture_path
        self._now = now
        self._outlook = outlook
        self._job: Job | None = None
        self._title = PlainLabel(role="stage-title")
        self._prompt = Snug(role="stage", lines=2)
        self._bar = ProgressLine(on_stage=True)
        self._time = PlainLabel(role="stage", wrap=True, numbers=True)
        self._note = PlainLabel(role="stage-hint", wrap=True)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tell)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_2)
        for part in (self._title, self._prompt, self._bar, self._time, self._note):
            column.addWidget(part)
        for label in (self._title, self._prompt, self._time, self._note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centred(self, middle)
        stills.arrived.connect(lambda _: self.update())

    def show_job(self, job: Job) -> None:
        """Show another job, or what is new of this one."""
        self._job = job
        self._prompt.setText(job.request.prompt)
        self._tell()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("stage"))
        if self._job is None:
            return
        still = self._still(self._job)
        frame = self._frame(still)
        if still is None:
            ground = colour("stage_raised")
            ground.setAlphaF(_EMPTY)
            rounded(painter, frame, METRICS.radius_picture, ground, colour("stage_raised"))
            return
        corners = QPainterPath()
        corners.addRoundedRect(frame, METRICS.radius_picture, METRICS.radius_picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(corners)
        painter.setOpacity(_DIM)
        painter.drawPixmap(frame, still, QRectF(still.rect()))

    def _still(self, job: Job) -> QPixmap | None:
        if (picture := job.request.start_frame) is None or not (path := self._picture_path(picture)):
            return None
        return self._stills.get(path, QSize(_STILL, _STILL))

    def _frame(self, still: QPixmap | None) -> QRectF:
        """The place of the clip to come: as large as it will be."""
        assert self._job is not None
        request = self._job.request
        if request.start_frame is not None:
            shape = request.start_frame.aspect
        else:
            shape = (choices.ratio(request.aspect_ratio) if request.aspect_ratio else None) or _WIDE
        margin = METRICS.space_4
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        size = QSizeF(shape, 1).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        frame = QRectF(0, 0, size.width(), size.height())
        frame.moveCenter(room.center())
        return frame

    def _tell(self) -> None:
        job = self._job
        if job is None:
            return
        outlook = self._outlook(job)
        self._title.setText(section(job).value)
        rendering = isinstance(job.state, Rendering)
        self._bar.setVisible(rendering)
        self._bar.set_share(outlook.share or 0.0)
        self._time.setText(_times(job, self._now(), outlook))
        self._note.setText(_note(job))
        self._note.setVisible(bool(self._note.text()))


def _times(job: Job, now: datetime, outlook: Outlook) -> str:
    if not isinstance(job.state, Rendering):
        note = wait_note(job, now, outlook)
        return f"{note[:1].upper()}{note[1:]}"
    gone = f"{stopwatch(outlook.elapsed_s)} gone"
    if outlook.usual_s is None:
        return gone if job.state.progress is None else f"{gone} · nobody has said how long it takes"
    usual = f"usually done within {rough(outlook.usual_s)}"
    if job.state.trouble is not None:
        return f"{gone} · {usual}"
    return f"{gone} · {usual} · {'taking ' if outlook.long else ''}{wait_note(job, now, outlook)}"


def _note(job: Job) -> str:
    if not isinstance(job.state, Rendering):
        return getattr(getattr(job.state, "problem", None), "message", "")
    if job.state.trouble is not None:
        return f"{job.state.trouble.message} Your clip goes on at Venice; we look again."
    return "You can go on working, or close the program: it will be fetched when you are back."
