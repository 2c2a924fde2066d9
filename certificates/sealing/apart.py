"""Promises to run what starts an event loop of its own, also where a loop runs already.

pyHanko's plain calls do (`asyncio.run`), and Python allows one loop a thread: whoever prints from a
program that has one would get no seal.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(call: Callable[[], Result]) -> Result:
    """What `call` returns or raises, run in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(call).result()
