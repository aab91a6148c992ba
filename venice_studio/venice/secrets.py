"""Keeps secrets out of words: services quote what they were asked, also keys and addresses that nobody else may see."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from venice_studio.domain.problem import Problem

_TELLING = 8
"""Characters from which on a piece of an address is taken for a secret of its own."""


def without(problem: Problem, secrets: Iterable[str]) -> Problem:
    """The problem without any of these words, should the service have quoted them."""
    longest_first = sorted(secrets, key=len, reverse=True)

    def clean(words: str) -> str:
        for secret in longest_first:
            words = words.replace(secret, "…")
        return words

    return replace(
        problem,
        message=clean(problem.message),
        fields={name: clean(words) for name, words in problem.fields.items()},
        code=problem.code and clean(problem.code),
        suggested_prompt=problem.suggested_prompt and clean(problem.suggested_prompt),
        recommended_model=problem.recommended_model and clean(problem.recommended_model),
    )


def parts_of(url: str) -> Iterator[str]:
    """An address and whatever of it gives it away: its path and query, and each long part of them."""
    parts = urlsplit(url)
    yield url
    for piece in (parts.path, parts.query, *parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))):
        if len(piece) >= _TELLING:
            yield piece
