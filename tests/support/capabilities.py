"""The system's administrator as anybody else: without the right to write where it is not allowed."""

import ctypes

_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_OVER_ALL_FILES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_Half = ctypes.c_uint32 * 3  # effective, permitted, inheritable
_Whole = _Half * 2
_libc = ctypes.CDLL(None, use_errno=True)


def obey_permissions(obey: bool = True) -> None:
    """Let the calling thread be held to the permissions of files, whoever runs it; or no longer. Linux only."""
    head = (ctypes.c_uint32 * 2)(_VERSION, 0)
    sets = _Whole()
    _checked(_libc.capget(head, sets))
    permitted = sets[0][1] & _OVER_ALL_FILES
    sets[0][0] = sets[0][0] & ~_OVER_ALL_FILES | (0 if obey else permitted)
    _checked(_libc.capset(head, sets))


def _checked(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), "capabilities cannot be changed")
