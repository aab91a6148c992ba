"""How far a render probably is and how long it may still take: what is said of it while nobody knows."""

from dataclasses import dataclass

from venice_studio.domain.polling import unusually_long
from venice_studio.domain.render_time import RenderTime

_EARLY, _USUAL = 0.2, 0.8
"""The shares of such renders that have ended by the two times that are named: three of five end between them."""
_NEWS = 1.25
"""How many times longer a render must be said to take before a time that was named once is taken back."""
_AT_USUAL = 0.85
"""How far the bar is when most such renders have ended; it creeps on after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is to be said of a render at one moment; times in s since the service took it. None: nobody knows."""

    elapsed_s: float
    share: float | None = None
    """How far the bar is: never back, never 1."""
    early_s: float | None = None
    usual_s: float | None = None
    """When one of five such renders has ended, and when four of five have."""
    long: bool = False
    """Whether it takes longer than nearly all such renders."""

    @property
    def left_s(self) -> tuple[float, float] | None:
        """The least and the most that is probably left, in s; None where nobody knows, or it is over time."""
        if self.early_s is None or self.usual_s is None or self.elapsed_s >= self.usual_s:
            return None
        return max(0.0, self.early_s - self.elapsed_s), self.usual_s - self.elapsed_s


def outlook(*, elapsed_s: float, likely: RenderTime | None, before: Outlook | None = None) -> Outlook:
    """What to say at `elapsed_s` of a render that `likely` takes so long, after `before` was said.

    Time and bar never go back, and the time left only falls: a belief that changes a little is no news. Only where
    the render turns out to take much longer than was said the time left is named anew.
    """
    before = before or Outlook(elapsed_s=0.0)
    elapsed_s = max(elapsed_s, before.elapsed_s)
    if likely is None:
        return Outlook(elapsed_s=elapsed_s, share=before.share)
    usual_s = _kept(before.usual_s, likely.within_s(_USUAL))
    return Outlook(
        elapsed_s=elapsed_s,
        share=max(before.share or 0.0, _bar(elapsed_s / usual_s)),
        early_s=min(usual_s, _kept(before.early_s, likely.within_s(_EARLY))),
        usual_s=usual_s,
        long=unusually_long(elapsed_s=elapsed_s, likely=likely),
    )


def _kept(before_s: float | None, now_s: float) -> float:
    return now_s if before_s is None or now_s < before_s or now_s > _NEWS * before_s else before_s


def _bar(gone: float) -> float:
    return _AT_USUAL * gone if gone <= 1 else _AT_USUAL + 0.13 * (1 - 1 / gone)
