"""What is photographed: clips that were really drawn, and jobs in every state with words of every kind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from venice_studio.domain.job import (
    Account,
    Clip,
    Doubtful,
    Failed,
    Held,
    Intended,
    Job,
    JobState,
    Progress,
    Refused,
    Rendering,
    Saved,
    Stopped,
    Ticket,
    new_job_id,
)
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.decoding import facts as facts_of
from venice_studio.library.decoding import thumbnail
from venice_studio.sandbox.render.clip import draw
from venice_studio.sandbox.render.plan import Plan

SECONDS = 2
SHAPES = {"wide": (1280, 720), "portrait": (720, 1280), "square": (960, 960)}
PROMPTS = {
    "gondola": "The gondola drifts towards the camera, water ripples catch the last light, slow push in",
    "neon": "Neon rain on a Tokyo backstreet, handheld, shallow depth",
    "fern": "Macro of dew sliding along a fern, time-lapse, portrait",
    "whale": "Whale breaching under the aurora, wide, slow motion",
    "tiles": "Old tiles in a Lisbon courtyard, noon light, a cat walks through",
}
LONG = (
    "An endless tracking shot through a flooded library at dawn where every shelf leans towards the water, "
    "paper boats folded out of forgotten letters circle slowly around a grand piano, gulls settle on the chandeliers, "
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde on the wall, "
) * 6
MIXED = "🎬🌊 שלום מוונציה — مرحبا من البندقية 🚤✨ the gondola 👩‍👩‍👧‍👦 turns"
MARKUP = '<b>Refused</b> <a href="https://example.org">see why</a> <img src=x> & more\n<script>alert(1)</script>'
FROM_TEXT, FROM_PICTURE = "kling-2.5-turbo-pro-text-to-video", "kling-2.5-turbo-pro-image-to-video"
TICKET = Ticket(queue_id="9c0f6f6a-1c2d-4c0e-8f3a-0d8f6a3f2b11", model=FROM_TEXT, dialect=Dialect.REFERENCE)


def draw_clips(folder: Path) -> None:
    """Draw one clip for each prompt, in the shapes there are; takes some seconds."""
    for seed, (name, prompt) in enumerate(PROMPTS.items()):
        shape = {"fern": "portrait", "tiles": "square"}.get(name, "wide")
        width, height = SHAPES[shape]
        target = folder / f"{name}.mp4"
        draw(Plan(width=width, height=height, seconds=SECONDS, sound=False, prompt=prompt, seed=seed), target)
        thumbnail(target, folder / f"{name}.jpg", 416)
    (folder / "broken.mp4").write_bytes((folder / "whale.mp4").read_bytes()[:3000])


def clip(folder: Path, name: str, *, file: str = "") -> Clip:
    """One of the drawn clips; `file`: another file in its place."""
    path = folder / f"{name}.mp4"
    facts = facts_of(path)
    return Clip(
        path=str(folder / file if file else path),
        size=path.stat().st_size,
        duration_ms=facts.duration_ms,
        width=facts.width,
        height=facts.height,
        fps=facts.fps,
        frames=facts.frames,
        sound=facts.sound,
        thumbnail=str(folder / f"{name}.jpg"),
    )


class Jobs:
    """Makes the jobs of one account, the newest first."""

    def __init__(self, folder: Path, account: Account, start_frame: Picture) -> None:
        self._folder = folder
        self._account = account
        self._start_frame = start_frame
        self._now = datetime.now(UTC)
        self.made: dict[str, list[Job]] = {}
        """By the name that scenes know them by; takes of one press are several."""

    def make_all(self) -> None:
        """Every kind of job there can be."""
        self.rendering("rendering", "Serene forest with sunlight filtering through trees, mist", estimate_s=70)
        self.rendering("rendering from picture", PROMPTS["gondola"], picture=True, estimate_s=40)
        gondola, neon = self.saved("gondola"), self.saved("neon")
        self.add("takes", [gondola, self._rendering(50)], PROMPTS["gondola"], "0.55", model=FROM_PICTURE)
        self.add("saved", [neon], PROMPTS["neon"], "0.85", resolution="1080p", model="veo3-fast")
        funds = Problem(kind=Kind.FUNDS, message="Insufficient balance. $0.44 needed, $0.10 there.", status=402)
        self.add("refused", [Refused(problem=funds)], "Portrait of a queen turning to the camera", "0.44")
        self.add("portrait", [self.saved("fern")], PROMPTS["fern"], "0.88", ratio="9:16", model="veo3-fast")
        self.add("whale", [self.saved("whale")], PROMPTS["whale"], "1.2", model="sora-2")
        busy = Problem(kind=Kind.BUSY, message="Too many requests: 40 a minute.", status=429, retry_after_s=25)
        self.add("held", [Held(until=self._now + timedelta(minutes=3), problem=busy)], "Clouds race over dunes", "0.39")
        self.add("waiting", [Intended()], "A paper crane unfolds itself", "0.39")
        self.add("four takes", [gondola, neon, self.saved("whale"), neon], "Four ways to leave a harbour", "0.44")
        self._troubles()
        self.add("square", [self.saved("tiles")], PROMPTS["tiles"], "0.6", ratio="1:1", model="ltx-2-full")
        self.add("long", [self.saved("gondola")], LONG, "12345.6789")
        self.add("mixed", [self.saved("whale")], MIXED, "0.44")
        self.add("broken file", [self.saved("whale", file="broken.mp4")], "A clip whose file was cut", "0.44")
        self.add("missing file", [self.saved("whale", file="gone.mp4")], "A clip whose file is gone", "0.44")

    def _troubles(self) -> None:
        cut = Problem(
            kind=Kind.CUT,
            message="The connection was cut after the request had left. Venice may have taken it.",
            cost=Cost.UNKNOWN,
        )
        self.add("doubtful", [Doubtful(problem=cut)], "A lighthouse in the fog", "0.44")
        ended = Problem(kind=Kind.BROKEN_CLIP, message="The clip ended in the middle.", cost=Cost.CHARGED)
        self.add("failed charged", [Failed(ticket=TICKET, problem=ended)], "Rain on a tin roof", "0.44")
        refunded = Problem(kind=Kind.FAILED, message="Generation failed, refunded.", cost=Cost.REFUNDED, status=500)
        self.add("failed refunded", [Failed(ticket=TICKET, problem=refunded)], "Snow falls upwards", "0.44")
        fields = {"duration": "Must be one of 5s, 10s", "image_url": "The picture is smaller than 300 pixels"}
        invalid = Problem(kind=Kind.INVALID, message="Invalid request parameters", status=400, fields=fields)
        self.add("refused fields", [Refused(problem=invalid)], "A door opens onto the sea", "0.44")
        content = Problem(
            kind=Kind.CONTENT,
            message="The prompt was refused by the model's maker.",
            status=422,
            suggested_prompt="A knight walks through the quiet ruins of a castle at dusk",
            recommended_model="veo3-fast",
        )
        self.add("advised", [Refused(problem=content)], "A knight storms the ruins", "0.44")
        words = Problem(
            kind=Kind.INVALID, message=MARKUP * 3, status=400, fields={"prompt": MARKUP, "x" * 60: "y" * 90}
        )
        self.add("markup", [Refused(problem=words)], MARKUP, "0.44")
        self.add("stopped", [Stopped(ticket=TICKET, queued_at=self._now)], "A kite over the bay", "0.44")

    def rendering(self, key: str, prompt: str, *, picture: bool = False, estimate_s: int) -> None:
        """A job that is half done."""
        self.add(key, [self._rendering(estimate_s)], prompt, "0.39", picture=picture)

    def saved(self, name: str, *, file: str = "") -> Saved:
        """The state of a job whose clip is here."""
        made = clip(self._folder, name, file=file)
        return Saved(ticket=TICKET, clip=made, saved_at=self._now, rendered_ms=58_000)

    def add(
        self,
        key: str,
        states: list[JobState],
        prompt: str,
        amount: str,
        *,
        model: str = "",
        ratio: str | None = "16:9",
        resolution: str = "720p",
        picture: bool = False,
    ) -> None:
        """One press of Generate, a minute before the last one that was added."""
        at = self._now - timedelta(minutes=1 + len(self.made))
        request = GenerationRequest(
            model=model or (FROM_PICTURE if picture else FROM_TEXT),
            prompt=prompt,
            duration="5s",
            resolution=resolution,
            aspect_ratio=ratio,
            start_frame=self._start_frame if picture or key == "takes" else None,
        )
        first = Job(
            id="",
            group=f"press-{key}",
            created_at=at,
            account=self._account,
            request=request,
            payload="{}",
            quote=Quote(amount=Decimal(amount)),
            state=states[0],
        )
        number = len(self.made)
        self.made[key] = [
            replace(first, id=new_job_id(at, f"{take:x}{number:07x}"), take=take, state=state)
            for take, state in enumerate(states, start=1)
        ]

    def _rendering(self, estimate_s: int) -> Rendering:
        queued_at = self._now - timedelta(seconds=24)
        progress = Progress(elapsed_ms=24_000, estimate_ms=estimate_s * 1000)
        return Rendering(ticket=TICKET, queued_at=queued_at, progress=progress)
