"""What must be true of a data folder once everything is quiet, judged by the files alone and the service's record."""

import io
import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import av

from tests.faults.truth import Truth
from venice_studio.library.promise import Promise
from venice_studio.library.tags import request_of

_COST = {"saved": "charged", "refused": "not charged", "doubtful": "may have been charged"}


def broken(home: Path, truth: Truth) -> list[str]:
    """Every promise that was not kept; empty: all is well."""
    rows = _rows(home)
    return [*_of_money(rows, truth), *_of_words(rows), *_of_copies(rows, truth), *_of_files(home, rows, truth)]


def broken_without_a_kill(home: Path, truth: Truth) -> list[str]:
    """The same of a run that was not killed: it has no reason to fetch anything twice."""
    times = {queue_id: truth.fetched(queue_id).count(0) for _, queue_id in truth.posts if queue_id}
    twice = [f"fetched {n} times from its beginning: {queue_id}" for queue_id, n in times.items() if n > 1]
    return [*broken(home, truth), *twice]


def broken_on_the_way(home: Path, truth: Truth) -> list[str]:
    """The same of what a killed run left for the next one to go on with, without a look into the list: who opens that
    mends it."""
    left = [note.with_suffix(".part") for note in home.glob("clips/.*.note") if Promise(note).version is not None]
    jobs = [queue_id for _, queue_id in truth.posts if queue_id]
    return [
        f"{len(came)} bytes that are not the beginning of a clip: {part}"
        for part, came in ((part, part.read_bytes()) for part in left)
        if not any(clip.startswith(came) for queue_id in jobs for clip in truth.served(queue_id))
    ]


def _rows(home: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(home / "jobs.sqlite3")) as file:
        file.row_factory = sqlite3.Row
        rows = [dict(row) for row in file.execute("SELECT id, prompt, state, cost, outcome FROM job")]
    return [row | {"outcome": json.loads(row["outcome"])} for row in rows]


def _of_money(rows: list[dict[str, Any]], truth: Truth) -> list[str]:
    """No paid job unknown to the list, none paid for twice."""
    prompts = {row["prompt"] for row in rows}
    posts = [(prompt, queue_id) for prompt, queue_id in truth.posts if prompt in prompts]
    unknown = [f"nobody knows of a paid request: {prompt}" for prompt, _ in truth.posts if prompt not in prompts]
    tickets = {row["outcome"]["ticket"]["queue_id"] for row in rows if row["state"] == "saved"}
    mine = {queue_id for _, queue_id in posts}
    if None not in mine and tickets - mine:
        unknown.append(f"tickets that the service never gave: {tickets - mine}")
    sent = Counter(prompt for prompt, _ in posts)
    saved = Counter(row["prompt"] for row in rows if row["state"] == "saved")
    doubtful = Counter(row["prompt"] for row in rows if row["state"] == "doubtful")
    for prompt, times in sent.items():
        if not saved[prompt] <= times <= saved[prompt] + doubtful[prompt]:
            unknown.append(f"{times} paid requests, {saved[prompt]} saved, {doubtful[prompt]} doubtful: {prompt}")
    return unknown


def _of_words(rows: list[dict[str, Any]]) -> list[str]:
    """Every job has come to an end, and says truly what it cost."""
    return [
        f"job {row['id']} is {row['state']}, {row['cost']}: {row['outcome'].get('problem')}"
        for row in rows
        if _COST.get(row["state"]) != row["cost"]
    ]


def _of_copies(rows: list[dict[str, Any]], truth: Truth) -> list[str]:
    """Of no copy at the service it is said that it is deleted when it is still there."""
    saved = [row["outcome"] for row in rows if row["state"] == "saved"]
    said = {outcome["ticket"]["queue_id"] for outcome in saved if outcome["copy_deleted"]}
    return [f"a copy that is still there: {queue_id}" for queue_id in said if not truth.deleted(queue_id)]


def _of_files(home: Path, rows: list[dict[str, Any]], truth: Truth) -> list[str]:
    """Each clip is whole and in the list; there is nothing else."""
    saved = [row["outcome"] for row in rows if row["state"] == "saved"]
    clips = {outcome["clip"]["path"]: outcome["ticket"]["queue_id"] for outcome in saved}
    expected = {*clips, *(outcome["clip"]["thumbnail"] for outcome in saved)}
    there = {str(path) for name in ("clips", "thumbnails") for path in (home / name).glob("*")}
    wrong = [f"a file that nobody knows: {path}" for path in there - expected]
    wrong += [f"a file that is not there: {path}" for path in expected - there]
    wrong += [
        f"two jobs with one file: {path}"
        for path, count in Counter(c["clip"]["path"] for c in saved).items()
        if count > 1
    ]
    for path, queue_id in clips.items():
        if path in there and not _is_one_of(Path(path), truth.served(queue_id)):
            wrong.append(f"a damaged clip: {path}")
    return wrong


def _is_one_of(path: Path, served: set[bytes]) -> bool:
    """Whether a clip is what the service gave: byte for byte, or all its pictures where it also tells of itself."""
    clip = path.read_bytes()
    if clip in served or request_of(path) is None:
        return clip in served
    return _packets(clip) in [_packets(each) for each in served]


def _packets(clip: bytes) -> list[bytes]:
    """Pictures and sound as they are stored."""
    with av.open(io.BytesIO(clip), "r") as container:
        return [bytes(packet) for packet in container.demux(*container.streams.video, *container.streams.audio)]
