"""How we stand with the service, in words."""

from typing import assert_never

from venice_studio.domain.problem import Kind, Problem
from venice_studio.domain.quote import Balance, money
from venice_studio.studio.connection import KEY_VARIABLE, ConnectionState, Keyring, KeySource, Standing

CONNECT, ANOTHER_KEY = "Connect Venice", "Another key…"
"""What leads to the key."""

KEPT = {
    KeySource.NONE: "",
    KeySource.ENVIRONMENT: "It comes from the environment this program was started in.",
    KeySource.KEYRING: "It is kept in this computer's keyring.",
    KeySource.SESSION: "It is kept for this session only.",
}
"""Where the key in use is kept, as a sentence."""

ENVIRONMENT_FIRST = (
    f"The environment this program was started in has a key of its own ({KEY_VARIABLE}). That one is used at every "
    "start, whatever is kept in the keyring. To use another one for good, remove it there."
)

_NOT_KEPT = {
    Keyring.OPEN: "the keyring did not take it.",
    Keyring.LOCKED: "the keyring stayed locked.",
    Keyring.SILENT: "the keyring did not answer.",
    Keyring.MISSING: "there is no keyring here that could be used.",
}


def removed(keyring: Keyring) -> tuple[str, str]:
    """What is said once a key was to be removed, and in which role."""
    match keyring:
        case Keyring.OPEN | Keyring.MISSING:
            return "The key is removed. From now on you practise; nothing is charged.", "good"
        case Keyring.LOCKED:
            return (
                "You practise from now on. The keyring is locked, so the key is still in it: unlock it and remove "
                "the key again.",
                "bad",
            )
        case Keyring.SILENT:
            return "You practise from now on. The keyring did not answer, so the key may still be in it.", "bad"
        case _ as never:
            assert_never(never)


def standing(state: ConnectionState) -> tuple[str, str]:
    """What the status line says, and the token of its dot's colour."""
    match state.standing:
        case Standing.STARTING:
            return "Connecting to Venice…", "hint"
        case Standing.PRACTICE if state.problem is not None:
            return f"Practice does not run: {state.problem.message}", "bad"
        case Standing.PRACTICE if state.balance is None:
            return "Practice is starting…", "hint"
        case Standing.PRACTICE:
            return "Practice: made on this computer, nothing is charged", "warn"
        case Standing.CONNECTED:
            return "Venice, connected", "good"
        case Standing.NO_ANSWER:
            return "No answer from Venice, trying again", "warn"
        case Standing.KEY_REFUSED:
            return "Key refused", "bad"
        case _ as never:
            assert_never(never)


def offers_key(state: ConnectionState) -> str:
    """What the button beside the standing says; empty where there is nothing to do."""
    if state.standing is Standing.PRACTICE:
        return CONNECT
    return ANOTHER_KEY if state.standing is Standing.KEY_REFUSED else ""


def balance(state: ConnectionState) -> str:
    """What the account holds; empty where nobody knows."""
    amount = _amount(state.balance)
    if not amount or state.standing is Standing.KEY_REFUSED:
        return ""
    return f"{'Practice money' if state.account and state.account.practice else 'Balance'} {amount}"


def _amount(held: Balance | None) -> str:
    if held is None:
        return ""
    in_diem = f"{held.diem:,.2f} DIEM" if held.diem is not None else ""
    if held.usd is None or (held.currency == "DIEM" and in_diem):
        return in_diem
    return money(held.usd)


def key_in_use(state: ConnectionState) -> str:
    """Which key is in use and where it is kept; empty in practice."""
    if state.key_source is KeySource.NONE:
        return ""
    ending = f"A key ending in {state.key_hint}" if state.key_hint else "A key"
    return f"{ending} is in use. {KEPT[state.key_source]}"


def connected(source: KeySource, state: ConnectionState, *, wanted_keyring: bool) -> str:
    """What is said once a new key works."""
    held = balance(state)
    kept = KEPT[source]
    if wanted_keyring and source is KeySource.SESSION:
        kept = f"It is kept for this session only: {_NOT_KEPT[state.keyring]}"
    return " ".join(part for part in ("Connected.", f"{held}." if held else "", kept) if part)


def refusal(problem: Problem) -> str:
    """Why a key was not taken, in the service's words where it said any."""
    said = problem.message.strip()
    match problem.kind:
        case Kind.KEY:
            return f"Venice refused this key: {said}"
        case Kind.OFFLINE | Kind.CUT:
            return f"Venice could not be reached, so the key was not tested: {said}"
        case _:
            return said
