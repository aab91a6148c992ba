"""Does the main job once by itself, as a person would: prompt, price, generate, play; then the same from a picture.

It works through the widgets' object names and real input events, looks at what the player really shows, and says
what it saw. A clip that is black, cut off or too short ends it with the reason.
"""

import asyncio
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from venice_studio import assets
from venice_studio.app import gestures
from venice_studio.app.frame_watch import FrameWatch
from venice_studio.app.program import Program
from venice_studio.command_line import Options
from venice_studio.domain.choices import lines, seconds
from venice_studio.domain.job import Clip, Job, Rendering, Saved
from venice_studio.domain.problem import Trouble
from venice_studio.domain.quote import money
from venice_studio.library.trouble import told
from venice_studio.ui.player import Player

PROMPT = "A gondola drifts towards the camera at sunset, water ripples catch the last light"
PICTURE_PROMPT = "The light changes slowly, a gentle push in"
PATIENCE_S = 300.0
"""A machine that is slow, or busy with other things, is no failure."""
PLAY_S = 2.5


class Failure(Exception):
    """What did not hold, as a sentence."""


def run(options: Options) -> int:
    """Test the program and end; gives the exit code."""
    try:
        _make_usable(options.out)
    except Trouble as trouble:
        return _failed(trouble)
    program = Program(options)
    return program.run(SelfTest(program, options.out).run)


def _make_usable(out: Path | None) -> None:
    """Raises `Trouble` (DISK) before anything is started for nothing."""
    if out is not None:
        with told(out):
            out.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=out).close()


def _failed(why: Exception) -> int:
    print(f"self-test: FAILED: {why}", file=sys.stderr, flush=True)
    return 1


class SelfTest:
    """One run; `run` gives the exit code."""

    def __init__(self, program: Program, out: Path | None) -> None:
        self._program = program
        self._window = program.window
        self._out = out
        self._began = time.monotonic()

    async def run(self) -> int:
        """0 where everything held, 1 with the reason otherwise."""
        try:
            await self._from_prompt()
            await self._from_picture()
        except (Failure, Trouble, gestures.Missing) as failure:
            self._shoot_failure()
            return _failed(failure)
        except Exception:
            self._shoot_failure()
            traceback.print_exc()
            return 1
        self._say("all held")
        return 0

    async def _from_prompt(self) -> None:
        await self._until(self._connected, "the service to answer")
        gestures.write(gestures.find(self._window, "promptEdit", QWidget), PROMPT)
        clip = await self._generate("prompt")
        await self._watch(clip, "prompt")

    async def _from_picture(self) -> None:
        picture = assets.path("starters", "gondola.jpg")
        slot = gestures.find(self._window, "startFrameSlot", QWidget)
        if not gestures.drop_file(slot, picture):
            raise Failure("the start frame's slot did not take the dropped picture")
        draft = self._program.studio.composer.draft
        await self._until(lambda: draft.value.start_frame is not None, "the dropped picture")
        gestures.write(gestures.find(self._window, "promptEdit", QWidget), PICTURE_PROMPT)
        clip = await self._generate("picture")
        await self._watch(clip, "picture")

    async def _generate(self, name: str) -> Clip:
        button = gestures.find(self._window, "generateButton", QAbstractButton)
        await self._until(button.isEnabled, "a price, and Generate to become ready")
        asked = self._program.studio.composer.draft.value
        price = gestures.find(self._window, "quotePrice", QWidget).property("text")
        self._say(f"{name}: {asked.model}, {asked.duration}, {asked.resolution}, price {price}")
        self._shoot(f"{name}-quoted")
        known = set(self._program.studio.runner.ledger.jobs)
        gestures.click(button)
        await self._until(lambda: self._appeared(known), "the job to appear")
        await self._until(lambda: self._progressing(known), "the job to be taken")
        self._shoot(f"{name}-rendering")
        await self._until(lambda: self._settled(known), "the clip")
        job = self._new_job(known)
        assert job is not None
        if not isinstance(job.state, Saved):
            problem = getattr(job.state, "problem", None) or getattr(job.state, "trouble", None)
            raise Failure(f"no clip from the {name}: {problem.message if problem else type(job.state).__name__}")
        self._check(job, job.state.clip, name)
        return job.state.clip

    def _check(self, job: Job, clip: Clip, name: str) -> None:
        took = f"{(job.state.rendered_ms or 0) / 1000:.1f} s" if isinstance(job.state, Saved) else ""
        self._say(
            f"{name}: clip of {clip.duration_ms} ms, {clip.width} x {clip.height}, {clip.frames} frames, "
            f"{clip.size} bytes, {money(job.quote.amount)}, after {took}"
        )
        wanted_s = seconds(job.request.duration or "")
        one_frame_ms = Decimal(1000) / Decimal(clip.fps)
        if wanted_s is not None and abs(clip.duration_ms - wanted_s * 1000) > one_frame_ms:
            raise Failure(f"{wanted_s} s were asked for, the clip has {clip.duration_ms / 1000:g} s")
        wanted_lines = lines(job.request.resolution or "")
        if (
            wanted_lines is not None
            and job.request.start_frame is None
            and min(clip.width, clip.height) != wanted_lines
        ):
            raise Failure(f"{job.request.resolution} was asked for, the clip has {clip.width} x {clip.height}")

    async def _watch(self, clip: Clip, name: str) -> None:
        """The clip plays by itself once it is saved, or at a press of the play button."""
        player = gestures.find(self._window, "player", Player)
        # A clip that is being played is not taken away: the new one is chosen in the list, where it is on top.
        gestures.click_row(gestures.find(self._window, "jobList", QAbstractItemView), 0)
        await self._until(lambda: player.path == Path(clip.path), "the clip to come to the player")
        watch = FrameWatch(player.surface.sink)
        if not player.playing:
            gestures.click(gestures.find(self._window, "playButton", QAbstractButton))
        await asyncio.sleep(PLAY_S)
        self._shoot(f"{name}-playing")
        await asyncio.sleep(PLAY_S)
        watch.stop()
        self._say(f"{name}: {watch.frames} frames shown, {watch.distinct} distinct, brightest {watch.brightest:.0f}")
        if watch.black:
            raise Failure(f"the clip from the {name} is black")
        if watch.distinct < clip.fps:
            raise Failure(f"only {watch.distinct} different frames were shown of the clip from the {name}")
        if (watch.size.width(), watch.size.height()) != (clip.width, clip.height):
            raise Failure(f"the player showed {watch.size.width()} x {watch.size.height()}")
        if self._out is not None:
            with told(self._out):
                await asyncio.to_thread(shutil.copyfile, clip.path, self._out / f"{name}.mp4")

    def _connected(self) -> bool:
        connection = self._program.studio.connection
        if connection.service.value is None and (problem := connection.state.value.problem):
            raise Failure(problem.message)
        return connection.service.value is not None

    def _new_job(self, known: set[str]) -> Job | None:
        return next((job for id_, job in self._program.studio.runner.ledger.jobs.items() if id_ not in known), None)

    def _appeared(self, known: set[str]) -> bool:
        ahead = self._window.findChild(QAbstractButton, "aheadChoice")
        if ahead is not None and ahead.isVisible():
            # Before a picture first goes to somebody else the program asks.
            gestures.click(ahead)
        return self._new_job(known) is not None

    def _progressing(self, known: set[str]) -> bool:
        job = self._new_job(known)
        return job is not None and (job.ticket is not None or self._settled(known))

    def _settled(self, known: set[str]) -> bool:
        job = self._new_job(known)
        if job is None or isinstance(job.state, Rendering):
            return False
        return self._program.studio.press.under_way.value is False

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if why := self._program.cannot_start:
                raise Failure(why)
            if time.monotonic() > end:
                raise Failure(f"waited {PATIENCE_S:g} s for {what}")
            await asyncio.sleep(0.05)

    def _shoot(self, name: str) -> None:
        if self._out is not None and not self._window.grab().save(str(self._out / f"{name}.png")):
            raise Failure(f"cannot save a picture of the window to {self._out}")

    def _shoot_failure(self) -> None:
        # What failed first is what is told.
        with suppress(Failure):
            self._shoot("failed")

    def _say(self, what: str) -> None:
        print(f"self-test {time.monotonic() - self._began:6.1f} s  {what}", flush=True)
