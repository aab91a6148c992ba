"""A keyring that answers as a test says."""

import asyncio

from venice_studio.library.keys import DeleteAnswer, Kept, KeyAnswer, KeyChest, Locked, NotThere, SetAnswer


class ScriptedChest(KeyChest):
    """Answers `get` with `found`, or, when it may be unlocked, with `after` once `answered` is set."""

    def __init__(self, found: KeyAnswer | None = None, *, after: KeyAnswer | None = None) -> None:
        super().__init__()
        self.found = found or NotThere()
        self.after = after or Locked()
        self.kept: SetAnswer = Kept()
        self.deleted: DeleteAnswer = NotThere()
        self.answered = asyncio.Event()
        self.asked: list[tuple[str, str]] = []
        """Which call was for which base URL."""

    async def get(self, base_url: str, *, unlock: bool = False) -> KeyAnswer:
        self.asked.append(("unlock" if unlock else "get", base_url))
        if not unlock:
            return self.found
        await self.answered.wait()
        return self.after

    async def set(self, base_url: str, key: str) -> SetAnswer:
        self.asked.append(("set", base_url))
        return self.kept

    async def delete(self, base_url: str) -> DeleteAnswer:
        self.asked.append(("delete", base_url))
        return self.deleted
