"""Who may ask: browsers of this machine that were sent here by nobody else; and what a page may do once it is there."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")
SHELL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# The report's own page: its styles stand inside it, and nothing in it may run.
PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Middleware: refuses what another site's page asks for, whatever it is. (Host is looked at by Starlette's own.)"""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self._origins = {f"http://{name}:{port}" for name in NAMES} | (
            {f"http://{name}" for name in NAMES} if port == 80 else set()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", SHELL)
            await send(message)

        if self._is_strange(scope, Headers(scope=scope)):
            await PlainTextResponse("asked by another site: refused", 403)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _is_strange(self, scope: Scope, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is not None or scope["method"] not in ("GET", "HEAD"):
            return origin not in self._origins  # whoever changes something has to say whence
        is_visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return headers.get("sec-fetch-site") in ("cross-site", "same-site") and not is_visit
