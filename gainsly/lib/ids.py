"""Time-ordered identifiers that nobody can guess."""

import os
import time
from uuid import UUID

_RANDOM_BITS_A = 12
_RANDOM_BITS_B = 62


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    random = int.from_bytes(os.urandom(10), "big")
    random_a = random >> 68 & (1 << _RANDOM_BITS_A) - 1
    random_b = random & (1 << _RANDOM_BITS_B) - 1
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b)
