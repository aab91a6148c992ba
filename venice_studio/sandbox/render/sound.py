"""Sound for a clip: slow chords, a few bells and air, chosen by prompt and seed."""

from typing import Any

import numpy as np
import numpy.typing as npt

from venice_studio.sandbox.render.canvas import random_for
from venice_studio.sandbox.render.encode import SAMPLE_RATE
from venice_studio.sandbox.render.plan import FPS, Plan

Samples = npt.NDArray[np.floating[Any]]

_ROOTS_HZ = (98.0, 110.0, 123.47, 130.81, 146.83)
_SCALES = ((0, 2, 4, 7, 9), (0, 3, 5, 7, 10), (0, 2, 5, 7, 9))
_CHORDS = ((0, 7, 16), (5, 12, 21), (-3, 9, 16), (-5, 7, 14))
_CHORD_S = 2.5
_PEAK = 0.5


def compose(plan: Plan) -> Samples:
    """2 × n samples at 48 kHz, as long as the clip's pictures."""
    count = plan.frames * SAMPLE_RATE // FPS
    chance = random_for("sound", plan.prompt, plan.seed)
    time = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    root = float(chance.choice(_ROOTS_HZ))
    scale = _SCALES[chance.integers(len(_SCALES))]
    mixed = _pads(time, root, chance) + _bells(time, root, scale, chance) + _air(count, chance)
    mixed *= _fades(count)
    return (mixed * (_PEAK / max(float(np.abs(mixed).max()), 1e-6))).astype(np.float32)


def _pads(time: Samples, root: float, chance: np.random.Generator) -> Samples:
    out = np.zeros((2, time.size), np.float32)
    shift = int(chance.integers(len(_CHORDS)))
    for number in range(int(time[-1] // _CHORD_S) + 1):
        local = time - number * _CHORD_S
        shape = np.clip(local / 1.2, 0, 1) * np.clip((_CHORD_S + 1.2 - local) / 1.2, 0, 1)
        lit = shape > 0
        for step in _CHORDS[(number + shift) % len(_CHORDS)]:
            pitch = root * 2 ** (step / 12)
            for side, detune in enumerate((0.997, 1.003)):
                phase = 2 * np.pi * pitch * detune * time[lit]
                out[side, lit] += shape[lit] * (np.sin(phase) + 0.25 * np.sin(2 * phase)) * 0.12
    return out


def _bells(time: Samples, root: float, scale: tuple[int, ...], chance: np.random.Generator) -> Samples:
    out = np.zeros((2, time.size), np.float32)
    end = float(time[-1])
    at = float(chance.uniform(0.2, 0.8))
    while at < end:
        first = int(at * SAMPLE_RATE)
        local = time[: min(time.size - first, 2 * SAMPLE_RATE)]
        pitch = root * 4 * 2 ** (float(chance.choice(scale)) / 12)
        tone = np.exp(-local * 2.8) * (
            np.sin(2 * np.pi * pitch * local) + 0.3 * np.sin(2 * np.pi * 2.76 * pitch * local)
        )
        tone *= np.clip(local / 0.004, 0, 1) * float(chance.uniform(0.05, 0.12))
        pan = float(chance.uniform(0.25, 0.75))
        out[0, first : first + local.size] += tone * (1 - pan)
        out[1, first : first + local.size] += tone * pan
        at += float(chance.choice((0.4, 0.6, 0.9, 1.3)))
    return out


def _air(count: int, chance: np.random.Generator) -> Samples:
    """Wind or water: noise whose colour falls off, swelling slowly."""
    spectrum = np.fft.rfft(chance.standard_normal((2, count)).astype(np.float32), axis=1)
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum *= (frequency > 60) / (1 + (frequency / float(chance.uniform(300, 900))) ** 1.6)
    noise = np.fft.irfft(spectrum, count, axis=1)
    noise /= max(float(np.abs(noise).max()), 1e-6)
    swell = 0.6 + 0.4 * np.sin(np.arange(count) / SAMPLE_RATE * 2 * np.pi * float(chance.uniform(0.1, 0.2)))
    return (noise * swell * 0.16).astype(np.float32)


def _fades(count: int) -> Samples:
    position = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    return np.minimum(1, np.minimum(position / 0.3, position[::-1] / 0.6)).astype(np.float32)
