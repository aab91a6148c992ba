"""Proves that the tests see what matters: breaks the product one line at a time, and each time a test must turn red.

    python -m tests.breakages [WORD ...]

Works on copies of the tree and needs no network. With words, only breakages whose names hold one of them. Ends with 0
if every breakage was seen.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.breakages import FAULTS
from tests.studio.breakages import INPUTS
from tests.support.breakage import Breakage

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
LONGEST_S = 180


BREAKAGES = (
    Breakage(
        "the paid request leaves before its intent is on disk",
        "studio/submitter.py",
        "job = await self._ledger.become(job.id, Intended(leaving=True))",
        "job = job.to(Intended(leaving=True))",
        "tests/studio/test_runner.py::test_the_intent_is_on_disk_before_the_paid_request",
    ),
    Breakage(
        "a paid request is repeated by itself after a 5xx",
        "studio/submitter.py",
        "if problem.kind is Kind.BUSY and problem.cost is Cost.NOT_CHARGED:",
        "if problem.kind in (Kind.BUSY, Kind.SERVICE):",
        "tests/studio/test_runner.py::test_what_comes_of_a_post_that_failed",
    ),
    Breakage(
        "an intent that a kill interrupted counts as never sent",
        "studio/submitter.py",
        "if job.state != Intended(leaving=True):",
        "if True:",
        "tests/studio/test_runner.py::test_an_intent_found_at_a_start_is_told_and_never_sent",
    ),
    Breakage(
        "a 5xx to the paid request counts as not charged",
        "venice/wire/errors.py",
        "return Cost.NOT_CHARGED if denied else Cost.UNKNOWN",
        "return Cost.NOT_CHARGED",
        "tests/app/test_errors.py::test_a_request_that_is_not_taken_says_why_and_what_it_cost[500]",
    ),
    Breakage(
        "the price is not asked for again at the press",
        "studio/press.py",
        "[quote] = await self._prices_now([request])",
        "quote = shown",
        "tests/app/test_errors.py::test_a_price_that_rose_since_it_was_shown_is_asked_about",
    ),
    Breakage(
        "the price of another draft will do",
        "ui/compose/readiness.py",
        "case Quoted(key=key) if key == draft.quote_key:",
        "case Quoted():",
        "tests/ui/compose/test_press.py::test_a_price_of_another_draft_is_no_price",
    ),
    Breakage(
        "Generate is on while the price is being checked",
        "ui/compose/readiness.py",
        'return Readiness(note="checking the price", reason="The price is being asked for.")',
        "return Readiness(can=True)",
        "tests/ui/compose/test_press.py::test_off_without_a_price_for_exactly_this_draft",
    ),
    Breakage(
        "what came of a download is not checked",
        "library/part.py",
        "check_mp4(self.path, self._announced)",
        "pass",
        "tests/library/test_clips.py::test_another_length_than_announced_is_never_kept",
    ),
    Breakage(
        "a clip takes the place of another of its name",
        "library/landing.py",
        "os.link(part, place)",
        "shutil.copyfile(part, place)",
        "tests/library/test_clips.py::test_many_at_once_never_share_a_name",
    ),
    Breakage(
        "a render is forgotten at the next start",
        "studio/runner.py",
        "case Rendering():\n                    self._follow(job)",
        "case Rendering():\n                    pass",
        "tests/studio/test_runner.py::test_quitting_while_it_renders_goes_on_at_the_next_start",
    ),
    Breakage(
        "practice forgets its jobs when it ends",
        "studio/practice.py",
        'str(speed), "--state", str(state_dir)]',
        "str(speed)]",
        "tests/app/test_restart.py::test_closed_in_mid_render_practice_goes_on_too",
    ),
    Breakage(
        "a picture that may be sent as it is is encoded again",
        "library/pictures.py",
        "remade = _reason_to_remake(image, data)",
        "remade = Remade.KIND",
        "tests/app/test_main_job.py::test_from_a_dropped_picture_to_a_clip_that_plays[png]",
    ),
    Breakage(
        "the service's words may be markup",
        "ui/widgets/labels.py",
        "self.setTextFormat(Qt.TextFormat.PlainText)",
        "self.setTextFormat(Qt.TextFormat.AutoText)",
        "tests/app/test_errors.py::test_a_request_that_is_not_taken_says_why_and_what_it_cost[402]",
    ),
    Breakage(
        "a refused key leads nowhere",
        "ui/compose/notices.py",
        'ways.append((CONNECT, "Connect…"))',
        "pass",
        "tests/app/test_errors.py::test_a_refused_key_leads_to_the_key",
    ),
    Breakage(
        "the key stays in what the service says",
        "venice/client.py",
        "return without(problem, [self._key])",
        "return problem",
        "tests/venice/test_client_faults.py::test_the_key_is_in_no_message_and_no_log",
    ),
    Breakage(
        "the client is imported on the window's thread",
        "app/services.py",
        "await asyncio.get_running_loop().run_in_executor(self._pool, _import)",
        "_import()",
        "tests/app/test_gui_thread.py",
    ),
    Breakage(
        "the self-test takes black for a clip",
        "app/self_test.py",
        "if watch.black:",
        "if False:",
        "tests/app/test_self_test.py::test_it_fails_with_the_reason_where_clips_are_broken",
    ),
    Breakage(
        "practice charges twice",
        "sandbox/service.py",
        "return accounts.start_usd(key) - sum(spent, Decimal(0))",
        "return accounts.start_usd(key) - 2 * sum(spent, Decimal(0))",
        "tests/sandbox/test_statuses.py::test_the_account_pays_at_queue_exactly_what_the_quote_says",
    ),
    Breakage(
        "practice keeps the money of a failed render",
        "sandbox/service.py",
        "self.jobs.of(accounts.account_of(key)) if not self._refunded(job))",
        "self.jobs.of(accounts.account_of(key)))",
        "tests/sandbox/test_statuses.py::test_a_failed_render_is_a_500_and_gives_the_money_back",
    ),
    *FAULTS,
    *INPUTS,
    Breakage(
        "a clip of which there is no other copy leaves no note",
        "studio/watcher.py",
        "part.only_copy = delete",
        "part.only_copy = False",
        "tests/faults/test_kill.py::test_killed_once_the_only_copy_is_here_nothing_is_lost",
    ),
    Breakage(
        "a broken clip is thrown away",
        "studio/watcher.py",
        "await part.set_aside()\n            elif",
        "await part.discard()\n            elif",
        "tests/studio/test_kept.py::test_a_broken_clip_of_which_there_is_no_other_copy_is_kept",
    ),
    Breakage(
        "nobody remembers the folder a clip came to",
        "studio/watcher.py",
        "await self._ledger.comes_to(job.id, part.folder)",
        "pass",
        "tests/studio/test_kept.py::test_a_clip_left_in_another_folder_is_found_at_the_next_start",
    ),
    Breakage(
        "two changes of a job undo each other",
        "studio/ledger.py",
        "async with self._one_at_a_time:\n            job = make(self._jobs[job_id])",
        "if job := make(self._jobs[job_id]):",
        "tests/studio/test_kept.py::test_of_two_changes_at_once_neither_undoes_the_other",
    ),
    Breakage(
        "what a newer version wrote into a row is lost",
        "library/store.py",
        'row = {**row, "outcome": records.with_the_unknown(row, before)}',
        "pass",
        "tests/library/test_migrations.py::test_what_a_newer_version_wrote_into_a_row_outlives_this_ones_changes",
    ),
    Breakage(
        "half a migration is kept",
        "library/database.py",
        "with transaction(connection):\n            for statements",
        "if True:\n            for statements",
        "tests/library/test_migrations.py::test_killed_at_any_statement_the_list_is_of_one_version_or_the_other",
    ),
    Breakage(
        "the address of a clip is told as the service quotes it",
        "venice/clip.py",
        "raise Trouble(without(problem, parts_of(self._url)))",
        "raise Trouble(problem)",
        "tests/studio/test_secrets.py::test_the_address_of_a_clip_is_told_to_nobody[gone]",
    ),
    Breakage(
        "the bar goes back",
        "domain/outlook.py",
        "share=max(before.share or 0.0, _bar(elapsed_s / usual_s))",
        "share=_bar(elapsed_s / usual_s)",
        "tests/domain/test_outlook.py::test_time_and_bar_never_go_back_and_the_bar_is_never_full",
    ),
    Breakage(
        "quitting says nothing of a paid request under way",
        "app/quitting.py",
        "if not (rendering or leaving or waiting):",
        "if not rendering:",
        "tests/app/test_quit.py::test_quitting_while_a_paid_request_is_under_way_waits_for_its_answer",
    ),
)


def copy_tree(target: Path) -> None:
    """The product and its tests, without what tools left there."""
    for name in ("venice_studio", "tests", "resources", "packaging"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copyfile(ROOT / name, target / name)


def run_tests(tree: Path, tests: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run some tests of a tree; 0 where all passed, 1 where one failed, as pytest has it."""
    options = ["-q", "-x", "--tb=short", "-p", "no:cacheprovider", "--reruns=0", *(["-n0"] if len(tests) == 1 else [])]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    return subprocess.run(
        command,
        cwd=tree,
        # What never comes is what a broken program is found out by.
        env=os.environ | {"VENICE_STUDIO_PATIENCE_S": "20"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_S * len(tests),
    )


def is_seen(breakage: Breakage) -> bool:
    """Whether the test of a breakage turns red; anything else but red is told."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="breakage-") as folder:
        tree = Path(folder)
        copy_tree(tree)
        file = tree / "venice_studio" / breakage.file
        file.write_text(file.read_text(encoding="utf-8").replace(breakage.old, breakage.new), encoding="utf-8")
        try:
            done = run_tests(tree, [breakage.test])
        except subprocess.TimeoutExpired:
            done = None
    seen = done is not None and done.returncode == 1
    print(f"{'seen    ' if seen else 'NOT SEEN'} {time.monotonic() - began:5.1f} s  {breakage.name}", flush=True)
    print(f"                   {breakage.test}", flush=True)
    if not seen:
        print(done.stdout if done else f"no end after {LONGEST_S} s", flush=True)
    return seen


def main(words: Sequence[str]) -> int:
    """Prove the chosen breakages; the exit code."""
    chosen = [each for each in BREAKAGES if not words or any(word in each.name for word in words)]
    whole = run_tests(ROOT, sorted({each.test for each in chosen}))
    if whole.returncode != 0:
        print(f"These tests fail as it is, which proves nothing:\n{whole.stdout}")
        return 1
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = list(pool.map(is_seen, chosen))
    print(f"{sum(seen)} of {len(seen)} breakages were seen")
    return 0 if chosen and all(seen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
