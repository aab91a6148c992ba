"""How a prompt speaks of what is attached."""

from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.inputs import Role
from venice_studio.domain.media import Element, Picture
from venice_studio.domain.mentions import after_move, after_removal, dangling, mentions, renumbered
from venice_studio.domain.request import GenerationRequest


def picture(name: str) -> Picture:
    return Picture(sha256=name, mime="image/png", size=1, name=name, width=1, height=1, as_is=True)


MARIA, STREET, BAR = picture("maria.png"), picture("street.png"), picture("bar.png")
DRAFT = GenerationRequest(
    model="m", elements=(Element(frontal=MARIA), Element()), scenes=(STREET, BAR), references=(MARIA,)
)


def test_elements_and_scenes_can_be_spoken_of() -> None:
    assert [(m.text, m.label, m.role, m.index, m.picture) for m in mentions(DRAFT)] == [
        ("@Element1", "Element 1, maria.png", Role.ELEMENTS, 0, MARIA),
        ("@Element2", "Element 2", Role.ELEMENTS, 1, None),
        ("@Image1", "Scene picture 1, street.png", Role.SCENES, 0, STREET),
        ("@Image2", "Scene picture 2, bar.png", Role.SCENES, 1, BAR),
    ]


def test_what_refers_to_nothing_is_found_once_and_in_order() -> None:
    def said(prompt: str) -> tuple[str, ...]:
        return dangling(GenerationRequest(model="m", prompt=prompt, elements=DRAFT.elements, scenes=DRAFT.scenes))

    assert said("@Element1 meets @element2 in @Image2.") == ()
    assert said("@Image3, then @Element9 and @Image3 again, @Image0") == ("@Image3", "@Element9", "@Image0")
    assert said("mail me @Imagery or @Image2nd, @Image99999999999999999999999") == ()


def test_numbers_follow_a_move_of_their_own_kind_alone() -> None:
    prompt = "@Image1, @Image2, @image3, @Element1, @Image14"
    assert renumbered(prompt, Role.SCENES, after_move(0, 2)) == "@Image3, @Image1, @image2, @Element1, @Image14"
    assert renumbered(prompt, Role.SCENES, after_move(2, 0)) == "@Image2, @Image3, @image1, @Element1, @Image14"
    assert renumbered(prompt, Role.REFERENCES, after_move(0, 2)) == prompt


def test_what_is_said_of_a_removed_one_never_comes_to_mean_another() -> None:
    after = renumbered("@Image1 @Image2 @Image3", Role.SCENES, after_removal(1, 3))
    assert after == "@Image1 @Image3 @Image2"  # there are two now: @Image3 means nothing


@given(count=st.integers(1, 9), data=st.data())
def test_every_item_keeps_its_mention(count: int, data: st.DataObject) -> None:
    index, to = (data.draw(st.integers(0, count - 1)) for _ in range(2))
    items = list(range(count))
    items.insert(to, items.pop(index))
    prompt = " ".join(f"@Image{number + 1}" for number in range(count))
    moved = renumbered(prompt, Role.SCENES, after_move(index, to)).split()
    assert [items[int(word.removeprefix("@Image")) - 1] for word in moved] == list(range(count))

    left = [number for number in range(count) if number != index]
    removed = renumbered(prompt, Role.SCENES, after_removal(index, count)).split()
    assert [left[int(word.removeprefix("@Image")) - 1] for n, word in enumerate(removed) if n != index] == left
    assert removed[index] == f"@Image{count}"
