"""A job comes back from its row as it was."""

import json

import pytest
from hypothesis import given

from tests.library import examples
from venice_studio.domain.job import Job, Saved
from venice_studio.library import records


@given(examples.any_job())
def test_every_job_survives_the_way_to_its_row_and_back(job: Job) -> None:
    assert records.from_row(records.to_row(job)) == job


def test_what_a_newer_version_added_is_left_out() -> None:
    row = dict(records.to_row(examples.job(state=examples.RENDERING)))
    outcome = json.loads(str(row["outcome"]))
    outcome["mood"] = {"colour": "blue"}
    outcome["ticket"]["priority"] = 3
    row |= {"outcome": json.dumps(outcome), "rating": 5}

    assert records.from_row(row).state == examples.RENDERING


def test_a_state_this_version_does_not_know_is_an_error_and_no_other_state() -> None:
    row = dict(records.to_row(examples.job()))
    row["outcome"] = json.dumps({"state": "upscaling"})

    with pytest.raises(KeyError):
        records.from_row(row)


def test_money_is_text_and_not_a_float() -> None:
    assert records.to_row(examples.job())["amount"] == "0.44"


def test_states_have_plain_words() -> None:
    assert records.state_word(examples.RENDERING) == "rendering"
    assert Saved.__name__.lower() == "saved"


def test_a_request_from_before_there_were_more_inputs_is_as_good_as_ever() -> None:
    job = examples.job()
    row = dict(records.to_row(job))
    known = ("model", "prompt", "duration")
    row["request"] = json.dumps(
        {name: value for name, value in json.loads(str(row["request"])).items() if name in known}
    )
    assert records.from_row(row) == job


def test_two_spellings_of_an_address_are_one_account() -> None:
    row = dict(records.to_row(examples.job()))
    row["service"] = "https://API.venice.ai:443/api/v1/"
    assert records.from_row(row).account == examples.ACCOUNT
