"""What keeps inputs as the user gave and saw them, taken away one line at a time."""

from tests.support.breakage import Breakage

_SENT, _HELD = "tests/studio/test_inputs_sent.py", "tests/studio/test_attachments.py"
_INTAKE, _SWITCHING = "tests/library/test_intake.py", "tests/studio/test_switching.py"

INPUTS = (
    Breakage(
        "files of an unsent form are cleared away at the next start",
        "studio/studio.py",
        "await self.runner.ledger.pictures() | self._beginning.fingerprints",
        "await self.runner.ledger.pictures()",
        "tests/studio/test_beginning.py::test_files_of_the_draft_stay_on_the_shelf_and_a_lost_one_is_told",
    ),
    Breakage(
        "the last run's draft takes the place of what was typed meanwhile",
        "studio/beginning.py",
        "            if self._untouched:",
        "            if True:",
        "tests/studio/test_beginning.py::test_who_is_quicker_than_the_disk_keeps_what_was_typed",
    ),
    Breakage(
        "a cut video is taken for a whole one",
        "library/recordings.py",
        "cut = head[4:8].isalpha() and ends_early(path)",
        "cut = False",
        f"{_INTAKE}::test_damaged_and_empty_files_are_refused",
    ),
    Breakage(
        "the length of a video is believed and not measured",
        "library/recordings.py",
        "    return round(length_s * 1000)",
        "    return round(said_s * 1000)",
        f"{_INTAKE}::test_lengths_are_measured_and_not_believed",
    ),
    Breakage(
        "a large video is unpacked before anybody looks at its size",
        "library/recordings.py",
        "if max(width, height) > MAX_SIDE:",
        "if max(width, height) < 0:",
        f"{_INTAKE}::test_enormous_videos_are_refused_before_they_are_unpacked",
    ),
    Breakage(
        "a video that nothing can decode breaks the program",
        "library/recordings.py",
        "    if context is None:",
        "    if False:",
        f"{_INTAKE}::test_a_video_that_nothing_here_can_decode_is_refused",
    ),
    Breakage(
        "a copy that is half done when the program ends stays for ever",
        "library/shelf.py",
        "left = _PART.fullmatch(file.name) is not None and file not in self._arriving",
        "left = False",
        f"{_INTAKE}::test_tidying_keeps_what_is_used_and_sweeps_up_what_was_cut_short",
    ),
    Breakage(
        "a large file is copied in one go while everybody waits",
        "library/arrival.py",
        "piece = self._from.read(PIECE)",
        "piece = self._from.read()",
        f"{_INTAKE}::test_a_large_video_is_copied_in_pieces_between_which_others_get_their_turn",
    ),
    Breakage(
        "what the prompt says of a removed picture comes to mean another",
        "domain/mentions.py",
        "return {index: count - 1} | {old: old - 1 for old in range(index + 1, count)}",
        "return {old: old - 1 for old in range(index + 1, count)}",
        "tests/domain/test_mentions.py::test_what_is_said_of_a_removed_one_never_comes_to_mean_another",
    ),
    Breakage(
        "a fitted start frame is handed over as it was fitted",
        "studio/attachments.py",
        "return replace(medium.source, fit=None) if isinstance(medium, Picture) else medium",
        "return medium",
        f"{_HELD}::test_a_picture_can_become_something_else_to_the_clip",
    ),
    Breakage(
        "what is in the way of a start frame is dropped",
        "studio/attachments.py",
        "if (left := _given_away(item, displaced)) is not None:",
        "if (left := _given_away(item, [])) is not None:",
        f"{_HELD}::test_what_is_in_the_way_of_a_single_place_changes_places",
    ),
    Breakage(
        "a whole video is sent for its price every two minutes",
        "studio/quoter.py",
        "return self.fresh_s if key.source_video is None else self.heavy_fresh_s",
        "return self.fresh_s",
        "tests/studio/test_quoter.py::test_a_price_that_takes_a_whole_video_is_asked_for_as_seldom_as_can_be",
    ),
    Breakage(
        "an old request whose file is gone is sent again",
        "studio/absent.py",
        "if gone := await shelf.missing(sent):",
        "if gone := await shelf.missing([]):",
        f"{_SENT}::test_everything_is_there_again_after_a_restart",
    ),
    Breakage(
        "what a picture displaced is lost when the picture goes",
        "studio/composer.py",
        "wish = self._by_start_frame.taken_back(draft) if had and not has else draft",
        "wish = draft",
        f"{_SWITCHING}::test_what_a_picture_displaced_comes_back_when_it_goes_and_each_way_is_told_and_can_be_undone",
    ),
    Breakage(
        "a model that only costs more takes the place of another without a word",
        "studio/composer.py",
        "        if told or fitted != before.request:",
        "        if told or differences(shown, fitted):",
        "tests/ui/compose/test_switch_note.py::test_a_change_of_nothing_but_the_price_is_said_and_can_be_undone",
    ),
    Breakage(
        "a draft comes back with the takes of the one that took its place",
        "studio/composer.py",
        "            self.takes.set(before.takes)",
        "            pass",
        f"{_SWITCHING}::test_undoing_a_reuse_brings_the_takes_back",
    ),
    Breakage(
        "the prompt of an old draft comes back among the settings of another",
        "ui/widgets/prompt_edit.py",
        "            self.document().clearUndoRedoStacks()",
        "            pass",
        "tests/ui/widgets/test_text.py::test_of_a_prompt_that_was_put_in_the_window_knows_the_way_back",
    ),
)
