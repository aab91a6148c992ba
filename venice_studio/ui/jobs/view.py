"""The list itself: pointer, keys, menu and drag; what a gesture means is said in signals."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from venice_studio.domain.job import Job
from venice_studio.ui.jobs import geometry
from venice_studio.ui.jobs.delegate import JobDelegate
from venice_studio.ui.jobs.model import JobModel
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.jobs.tiles import TilePainter


class JobView(QListView):
    """Rows of one height. Up and Down choose a row, Left and Right a take, Enter plays, Delete asks."""

    chosen = Signal(str)
    """The user chose a job, by its id."""

    acted = Signal(str, str)
    """The user asked for something to be done: job id and `Act`."""

    menu_wanted = Signal(str, QPoint)
    """The user asked for the menu of a job, at a place on the screen."""

    def __init__(self, model: JobModel, tiles: TilePainter) -> None:
        super().__init__()
        self.setObjectName("jobList")
        self.setAccessibleName("Jobs")
        self.setProperty("ring", "rows")
        # ListMode lays all rows out again at every change of one; this mode does not.
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionRectVisible(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.verticalScrollBar().setSingleStep(geometry.ROW_HEIGHT // 2)
        self._model = model
        self._painter = JobDelegate(model, tiles, self)
        self._asked = True
        """Whether it is the user who selects a row."""
        self.setItemDelegate(self._painter)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self._selected)

    @property
    def current_job(self) -> str | None:
        """The job that is chosen; None if none is."""
        return self._painter.chosen

    def show_chosen(self, job: Job | None, *, scroll: bool = False) -> None:
        """Show a job as chosen without `chosen`; one that is out of sight leaves no row chosen."""
        chosen = None if job is None else job.id
        if chosen != self._painter.chosen:
            self._painter.chosen = chosen
            self.viewport().update()
        index = QModelIndex() if job is None else self._model.place_of(job.group)
        with self._unasked():
            if not index.isValid():
                self.selectionModel().clear()
            elif index != self.currentIndex() or not self.selectionModel().isSelected(index):
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll and index.isValid():
            self.scrollTo(index)

    def rowsAboutToBeRemoved(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        # Qt selects a neighbour of what goes; whose turn it is then, the pane says.
        with self._unasked():
            super().rowsAboutToBeRemoved(parent, start, end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setGridSize(QSize(self.viewport().width(), geometry.ROW_HEIGHT))
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        link = self._link_at(event.position().toPoint())
        with self._unasked():
            super().mousePressEvent(event)
        # Not only which row: which take of it.
        self._choose(index, self._painter.tile_at(self.visualRect(index), index, event.position().toPoint()))
        if link is not None and event.button() is Qt.MouseButton.LeftButton:
            self.acted.emit(link[0].id, link[1].value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._link_at(event.position().toPoint()) is None and self.current_job is not None:
            self.acted.emit(self.current_job, Act.PLAY.value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        link = self._link_at(event.position().toPoint())
        self._hover(None if link is None else (link[0].id, link[1]))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        job_id = self.current_job
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if job_id and not event.modifiers():
                self.acted.emit(job_id, Act.PLAY.value)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if job_id:
                self.acted.emit(job_id, Act.DELETE.value)
            case Qt.Key.Key_Escape if job_id and self._model.counting.get(job_id):
                self.acted.emit(job_id, Act.TAKE_BACK.value)
            case Qt.Key.Key_Left | Qt.Key.Key_Right if job_id:
                self._step_take(1 if event.key() == Qt.Key.Key_Right else -1)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not by_key:
            self._choose(index, self._painter.tile_at(self.visualRect(index), index, event.pos()))
        at = self.visualRect(index).center() if by_key else event.pos()
        if self.current_job is not None:
            self.menu_wanted.emit(self.current_job, self.viewport().mapToGlobal(at))

    def _selected(self, selected: QItemSelection) -> None:
        """A row is selected, by an arrow key, a screen reader, or a script."""
        for index in selected.indexes() if self._asked else ():
            self._choose(index, None)

    @contextmanager
    def _unasked(self) -> Iterator[None]:
        """Rows are selected in here without the user's asking."""
        before, self._asked = self._asked, False
        try:
            yield
        finally:
            self._asked = before

    def _choose(self, index: QModelIndex, take: Job | None) -> None:
        """The user is at a row: choose the take under the pointer, else the one chosen before, else the likeliest."""
        row = self._model.row(index.row())
        if row is None:
            return
        job = take or row.take(self.current_job)
        if job.id != self.current_job:
            self._painter.chosen = job.id
            self.viewport().update()
            self.chosen.emit(job.id)

    def _step_take(self, by: int) -> None:
        row = self._model.row(self.currentIndex().row())
        if row is None:
            return
        ids = [job.id for job in row.jobs]
        at = ids.index(self.current_job) + by if self.current_job in ids else 0
        if 0 <= at < len(ids):
            self._choose(self.currentIndex(), row.jobs[at])

    def _link_at(self, at: QPoint) -> tuple[Job, Act] | None:
        index = self.indexAt(at)
        return self._painter.link_at(self.visualRect(index), index, at, self.font()) if index.isValid() else None

    def _hover(self, link: tuple[str, Act] | None) -> None:
        if link != self._painter.hovered:
            self._painter.hovered = link
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if link is not None else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()
