"""Where keyframes go by themselves."""

from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.keyframing import free_frame, last_frame


def test_the_first_is_at_the_beginning_the_next_at_the_end_the_others_between() -> None:
    taken: list[int] = []
    for _ in range(5):
        taken.append(free_frame(taken, "5s"))
    assert taken == [0, 120, 60, 30, 90]


def test_where_the_length_is_not_known_they_are_a_second_apart() -> None:
    assert [last_frame(duration) for duration in ("Auto", None, "2.5s")] == [None, None, 60]
    assert [free_frame(taken, "Auto") for taken in ([], [0], [0, 24], [30])] == [0, 24, 48, 0]


@given(taken=st.lists(st.integers(0, 120), max_size=20), duration=st.sampled_from(["5s", "Auto", None]))
def test_a_free_one_is_free(taken: list[int], duration: str | None) -> None:
    assert free_frame(taken, duration) not in taken
    if duration == "5s":
        assert 0 <= free_frame(taken, duration) <= 120
