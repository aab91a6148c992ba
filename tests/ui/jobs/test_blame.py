"""What was refused, in the words of the form."""

import pytest

from tests.ui.jobs import material as m
from venice_studio.domain.consent import FACES, Consent, field_of_faces
from venice_studio.domain.inputs import RULES
from venice_studio.domain.problem import Kind, Part, Problem
from venice_studio.ui.compose.remarks import PLACES
from venice_studio.ui.jobs import blame
from venice_studio.ui.jobs.offers import Act, in_row, label, menu, ways_out

REFERENCES = "reference_image_urls"


def problem(*parts: Part, kind: Kind = Kind.CONTENT, message: str = "No.", **fields: str) -> Problem:
    return Problem(kind=kind, message=message, parts=parts, fields=fields)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part(field="prompt"), "prompt"),
        (Part(field="negative_prompt"), "negative prompt"),
        (Part(field="audio"), "sound"),
        (Part(field="aspect_ratio"), "shape"),
        (Part(field="image_url"), "start frame"),
        (Part(field="image_url", number=1), "start frame"),
        (Part(field=REFERENCES), "reference pictures"),
        (Part(field=REFERENCES, number=3), "reference picture 3"),
        (Part(field="scene_image_urls", number=1), "scene picture 1"),
        (Part(field="something_new", number=2), "something new 2"),
    ],
)
def test_a_part_has_the_name_it_has_in_the_form(part: Part, said: str) -> None:
    assert blame.named(part) == said


def test_every_input_and_every_word_for_faces_has_a_name() -> None:
    for rule in RULES.values():
        assert blame.named(Part(field=rule.wire)) in (rule.one, rule.many)
    assert all(field_of_faces(word) in PLACES for word in FACES)
    assert (
        blame.with_faces(Consent(flow="a", policy="b", faces=("video", "video", "hologram")))
        == "source video, hologram"
    )


def test_only_what_was_judged_is_called_refused() -> None:
    part = Part(field="prompt")
    assert blame.refused(problem(part)) == "Refused: prompt."
    assert blame.refused(problem(part, kind=Kind.CONSENT)) == ""
    assert blame.refused(problem()) == ""


def test_a_hundred_of_them_are_not_all_named() -> None:
    parts = [Part(field=REFERENCES, number=number) for number in range(1, 101)]
    said = blame.refused(problem(*parts))
    assert said.endswith("reference picture 6 and 94 more.")


def test_words_at_a_field_say_which_of_several() -> None:
    fields = {REFERENCES: "A face", "prompt": "A name"}
    parts = (Part(field=REFERENCES, number=2), Part(field=REFERENCES, number=5), Part(field="prompt"))
    told = Problem(kind=Kind.CONTENT, message="No.", parts=parts, fields=fields)
    assert blame.at_field(told, REFERENCES) == "Reference picture 2, reference picture 5: A face"
    assert blame.at_field(told, "prompt") == "A name"
    assert blame.words_on(told) == ["Reference pictures: A face", "Prompt: A name"]


def test_words_that_are_the_message_are_not_said_twice() -> None:
    assert blame.words_on(problem(Part(field="prompt"), message="No names.", prompt="No names.")) == []


def test_what_wants_consent_is_read_before_anything_is_sent() -> None:
    job = m.job(m.refused(kind=Kind.CONSENT, consent=Consent(flow="seedance", policy="Be kind.", version="1")))
    assert ways_out(job) == (Act.AGREE, Act.REUSE, Act.DISMISS)
    assert in_row(job) == (Act.AGREE, Act.REUSE)
    assert Act.SEND_AGAIN not in menu(job)
    assert [label(act, job, short=True) for act in in_row(job)] == ["Read and agree…", "Edit"]


def test_the_recommended_model_is_named_where_there_is_room() -> None:
    job = m.job(m.refused(kind=Kind.CONTENT, recommended_model="veo3"))
    assert label(Act.USE_MODEL, job, name=m.name) == "Use Veo 3 Fast"
    assert label(Act.USE_MODEL, job) == "Use the recommended model"
    assert len(label(Act.USE_MODEL, job, name=lambda _: "x" * 500)) < 50
