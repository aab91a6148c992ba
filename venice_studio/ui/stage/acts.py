"""Does what the user asks to be done with a job; what went well or wrong is said where the job is shown."""

from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from venice_studio.domain.job import Job, Rendering, Saved
from venice_studio.domain.problem import Cost, Trouble
from venice_studio.domain.quote import money
from venice_studio.studio import advice
from venice_studio.studio.receipt import receipt
from venice_studio.studio.studio import Studio
from venice_studio.ui.compose.countdown import Countdown, sending_in
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.jobs.offers import SENDING, Act, label, sendable
from venice_studio.ui.jobs.sentences import on_balance
from venice_studio.ui.jobs.words import Section, problem, section
from venice_studio.ui.player import Player
from venice_studio.ui.stage.agreeing import Agreeing
from venice_studio.ui.stage.delete_dialog import DeleteDialog, shortened
from venice_studio.ui.stage.desktop import Desktop
from venice_studio.ui.stage.save_dialog import ask_where
from venice_studio.ui.widgets import Choice, ask


class Acts(QObject):
    """One method for each act. Acts on the clip that plays are taken from the player."""

    said = Signal(str, object, str)
    """Something to tell about a job: its id, the `Tone` and the words."""

    counted = Signal(str, str)
    """What the button that sends a job again says while it can be taken back; empty: what it always says."""

    def __init__(self, studio: Studio, player: Player, images: ImageWorker, desktop: Desktop, window: QWidget) -> None:
        """`window` is what dialogs stand before."""
        super().__init__(window)
        self._studio = studio
        self._ledger = studio.runner.ledger
        self._player = player
        self._images = images
        self._desktop = desktop
        self._window = window
        self._agreeing = Agreeing(studio=studio, window=window, open_page=desktop.open_page)
        self._busy: set[tuple[Act, str]] = set()
        self._countdowns: dict[str, Countdown] = {}

    def perform(self, act: Act, job_id: str) -> None:
        """Do `act`; the same act on the same job does nothing while it is under way, or takes it back if it can."""
        job = self._ledger.jobs.get(job_id)
        if job is not None and act in SENDING and (countdown := self._countdowns.get(job_id)):
            countdown.clicked()
            return
        if job is None or self._claims(act, job) & self._busy:
            return
        match act:
            case Act.TAKE_BACK if job.unsent:
                self._run(act, job, self._keep_from_leaving(job))
            case Act.TAKE_BACK:
                self._take_back(job_id)
            case Act.PLAY:
                self._player.play()
            case Act.REUSE:
                self._studio.reuse(job_id)
            case Act.COPY_PROMPT:
                QGuiApplication.clipboard().setText(job.request.prompt)
            case Act.COPY_RECEIPT:
                self._run(act, job, self._copy_receipt(job))
            case Act.SHOW_IN_FOLDER if isinstance(job.state, Saved):
                self._desktop.show_in_folder(Path(job.state.clip.path))
            case Act.OPEN if isinstance(job.state, Saved):
                self._desktop.open_file(Path(job.state.clip.path))
            case Act.CONTINUE:
                self._run(act, job, self._continue(job))
            case Act.SAVE_AS:
                self._run(act, job, self._save_as(job))
            case Act.SEND_AGAIN | Act.SEND_ALL:
                self._run(act, job, self._send_again(self._sent_by(act, job)))
            case Act.SEND_KNOWINGLY:
                self._run(act, job, self._send_knowingly(job))
            case Act.AGREE:
                self._run(act, job, self._agree(job))
            case Act.LOOK_AGAIN:
                self._run(act, job, self._look_again(job))
            case Act.USE_PROMPT | Act.USE_MODEL:
                self._take_advice(act, job)
            case Act.HIDE:
                self._run(act, job, self._hide(job))
            case Act.STOP:
                self._run(act, job, self._stop(job))
            case Act.WATCH_AGAIN:
                self._run(act, job, self._studio.runner.watch_again(job_id))
            case Act.KEY:
                self._desktop.connect_venice()
            case Act.BALANCE:
                self._run(act, job, self._look_at_balance(job))
            case Act.DELETE | Act.DISMISS:
                self._run(act, job, self._remove(job))
            case _:
                pass

    def _claims(self, act: Act, job: Job) -> set[tuple[Act, str]]:
        """What an act keeps others from while it is under way: no job is sent by two of them."""
        if act in SENDING:
            return {(Act.SEND_AGAIN, sent.id) for sent in self._sent_by(act, job)}
        return {(act, job.id)}

    def _sent_by(self, act: Act, job: Job) -> tuple[Job, ...]:
        match act:
            case Act.SEND_ALL:
                return sendable(
                    [it for it in self._ledger.jobs.values() if it.group == job.group], self._studio.composer.gone
                )
            case Act.AGREE:
                return (job, *self._studio.press.kept_back(job.id))
            case _:
                return (job,)

    def _run(self, act: Act, job: Job, work: Coroutine[Any, Any, None]) -> None:
        claims = self._claims(act, job)
        self._busy |= claims
        self._studio.tasks.start(self._told(job, work, claims), f"{act} {job.id}")

    async def _told(self, job: Job, work: Coroutine[Any, Any, None], claims: set[tuple[Act, str]]) -> None:
        try:
            await work
        except Trouble as trouble:
            self.said.emit(job.id, "bad", trouble.problem.message)
        finally:
            self._busy -= claims

    async def _continue(self, job: Job) -> None:
        if not isinstance(job.state, Saved):
            return
        frame, number = self._player.frame_of(Path(job.state.clip.path))
        if frame.isNull():
            return
        self._player.pause()
        png = await self._images.png(frame)
        await self._studio.take_picture_bytes(png, f"Frame {number} of {Path(job.state.clip.path).stem}.png")

    async def _copy_receipt(self, job: Job) -> None:
        text = receipt(job, await self._ledger.history(job.id))
        QGuiApplication.clipboard().setText(text)
        self.said.emit(job.id, "good", "The receipt is on the clipboard.")

    async def _save_as(self, job: Job) -> None:
        if not isinstance(job.state, Saved):
            return
        target = await ask_where(self._window, Path(job.state.clip.path).name)
        if target is not None:
            await self._studio.runner.save_copy(job.id, target)
            self.said.emit(job.id, "good", f"Saved a copy as {target}")

    async def _look_again(self, job: Job) -> None:
        folder = await self._studio.runner.missing_folder(job.id)
        if folder is not None and not await self._given_up(folder):
            return
        await self._studio.runner.fetch_again(job.id, given_up=folder is not None)

    async def _given_up(self, folder: Path) -> bool:
        key = await ask(
            self._window,
            "The folder with this clip is not there",
            f"{folder} may be on a disk that is not plugged in. Bring it back, and the clip is there again.",
            Choice("fetch", "Fetch another copy"),
            detail="Another copy costs nothing, if Venice still has one. The list then forgets the one in that folder.",
        )
        return key == "fetch"

    async def _let_it_be_undone(self, jobs: Sequence[Job]) -> bool:
        """Count down as before every press, where the user wants that. False: it was taken back."""
        if (seconds := self._studio.settings.value.undo_send_s) == 0:
            return True
        countdown = Countdown()
        self._countdowns |= dict.fromkeys((job.id for job in jobs), countdown)
        service = self._studio.connection.service
        meant = service.value
        disconnects = (
            countdown.left.bind(lambda left: self._count(jobs, left)),
            service.bind(lambda now: None if now is meant else countdown.take_back()),
        )
        try:
            over = await countdown.over(seconds)
        finally:
            for job in jobs:
                del self._countdowns[job.id]
            for disconnect in disconnects:
                disconnect()
        if service.value is not meant:
            text = "This was not sent, because the key changed meanwhile. Nothing was charged."
            self.said.emit(jobs[0].id, "warn", text)
        return over

    def _count(self, jobs: Sequence[Job], left: int) -> None:
        for job in jobs:
            self.counted.emit(job.id, " ".join(sending_in(left)) if left else "")

    def _take_back(self, job_id: str) -> None:
        if countdown := self._countdowns.get(job_id):
            countdown.take_back()

    async def _send_again(self, jobs: Sequence[Job]) -> None:
        if await self._let_it_be_undone(jobs) and await self._studio.press.send_all_again(
            [job.id for job in jobs], self._desktop.confirm_price
        ):
            await self._replaced(jobs)

    async def _replaced(self, jobs: Sequence[Job]) -> None:
        """Attempts that cost nothing are not needed as evidence once the next ones stand in the list."""
        for job in jobs:
            if job.cost is Cost.NOT_CHARGED and job.id in self._ledger.jobs:
                await self._studio.runner.remove(job.id)

    async def _send_knowingly(self, job: Job) -> None:
        price = money(job.quote.amount, job.quote.currency)
        key = await ask(
            self._window,
            "Send it a second time?",
            f"The first attempt may have been charged. If it was, sending it again costs another {price}.",
            Choice("send", label(Act.SEND_KNOWINGLY, job), "danger"),
            detail="Look at your balance first: if it has gone down, the clip was charged.",
        )
        if key == "send" and await self._let_it_be_undone([job]):
            await self._studio.press.send_again(job.id, self._desktop.confirm_price)

    async def _agree(self, job: Job) -> None:
        if not await self._agreeing.agreed(job) or job.id not in self._ledger.jobs:
            return
        jobs = self._sent_by(Act.AGREE, job)
        if not await self._let_it_be_undone(jobs) or job.id not in self._ledger.jobs:
            return
        if await self._studio.press.agree_and_send(job.id, self._desktop.confirm_price):
            await self._replaced(jobs)

    def _take_advice(self, act: Act, job: Job) -> None:
        """Put the job's settings into the form, with the one thing changed that the service named."""
        told, composer = problem(job), self._studio.composer
        if told is None:
            return
        if act is Act.USE_PROMPT and told.suggested_prompt:
            advice.use_prompt(composer, job.request, told.suggested_prompt)
            self.said.emit(job.id, "info", "The form has the suggested prompt now. Nothing was sent.")
        elif act is Act.USE_MODEL and told.recommended_model:
            if advice.use_model(composer, job.request, told.recommended_model):
                self.said.emit(job.id, "info", "The form has the recommended model now. Nothing was sent.")
            else:
                text = f"{told.recommended_model} is not in Venice's list of models just now. The form is as it was."
                self.said.emit(job.id, "warn", text)

    async def _hide(self, job: Job) -> None:
        await self._studio.runner.hide(job.id)
        self.said.emit(job.id, "info", "Hidden. It goes on, and is back in the list once it is saved.")

    async def _stop(self, job: Job) -> None:
        key = await ask(
            self._window,
            "Stop watching this clip?",
            "Nothing can call it back: Venice may render it to the end, and what it charged stays charged. "
            "Venice Studio only stops looking for it. You can take this back.",
            Choice("stop", "Stop watching", "danger"),
        )
        if key == "stop":
            await self._studio.runner.stop_watching(job.id)

    async def _keep_from_leaving(self, job: Job) -> None:
        if not await self._studio.runner.take_back(job.id):
            self._say_it_is_gone(job)

    def _say_it_is_gone(self, job: Job) -> None:
        where = "It renders at Venice" if isinstance(job.state, Rendering) else "It is on its way to Venice"
        self.said.emit(job.id, "info", f"{where} and cannot be called back.")

    async def _look_at_balance(self, job: Job) -> None:
        connection = self._studio.connection
        await connection.refresh_balance()
        state = connection.state.value
        if state.problem is not None:
            self.said.emit(job.id, "bad", state.problem.message)
        elif state.balance is None or state.balance.usd is None:
            self.said.emit(job.id, "info", "Venice names no balance for this key. Its website shows what was charged.")
        else:
            self.said.emit(job.id, "info", on_balance(job, state.balance.usd))

    async def _remove(self, job: Job) -> None:
        self._take_back(job.id)
        match section(job):
            case Section.SAVED:
                await self._delete_clip(job)
            case Section.NEEDS_YOU:
                free = job.cost in (Cost.NOT_CHARGED, Cost.REFUNDED)
                if free or await self._sure(job):
                    await self._studio.runner.remove(job.id)
            case Section.WAITING if job.unsent:
                await self._keep_from_leaving(job)
            case Section.RENDERING | Section.WAITING:
                self._say_it_is_gone(job)

    async def _sure(self, job: Job) -> bool:
        price = money(job.quote.amount, job.quote.currency)
        cost = "may have cost" if job.cost is Cost.UNKNOWN else "cost"
        prompt = shortened(job.request.prompt)
        which = f"“{prompt}”, an attempt" if prompt else "an attempt"
        text = f"This is the only record of {which} that {cost} {price}."
        return (
            await ask(self._window, "Take it from the list?", text, Choice("dismiss", "Dismiss", "danger")) != "cancel"
        )

    async def _delete_clip(self, job: Job) -> None:
        dialog = DeleteDialog(self._window, job)
        if not await dialog.outcome() or not isinstance(job.state, Saved):
            return
        self._player.release(Path(job.state.clip.path))
        await self._studio.runner.remove(job.id, copy_too=dialog.copy_too)
