"""Promises time stamps of a public authority over HTTP (RFC 3161): when a seal was set, by another's word."""

import asyncio
import urllib.error
import urllib.request

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

PATIENCE = 20.0  # seconds
LARGEST = 1 << 20  # bytes of an answer


class HttpStamps(TimeStamper):
    """Asks the server at `url`; without its stamp there is no signature, and the printing is tried again."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The server's answer. Raises TimestampRequestError (an OSError) without one."""
        return tsp.TimeStampResp.load(await asyncio.to_thread(self._ask, req.dump()))

    def _ask(self, request: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        asked = urllib.request.Request(self.url, request, headers)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                if answer.headers.get_content_type() == "application/timestamp-reply":
                    return bytes(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            with error:  # holds the connection
                raise TimestampRequestError(f"{self.url} answered {error.code}") from error
        raise TimestampRequestError(f"{self.url} did not answer with a time stamp")
