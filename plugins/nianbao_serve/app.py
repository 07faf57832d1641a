"""The addresses: the index, the preview of an edition, its page, state, news, origins and downloads."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import mimetypes
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from nianbao.errors import NianbaoError, PluginError, UnknownName, blame
from nianbao.workspace import Workspace
from nianbao_serve import guard, shell, telling
from nianbao_serve.house import House
from nianbao_serve.preview import Preview, nothing_yet
from nianbao_serve.watching import watch

Answer = Callable[[Request], Awaitable[Response]]


def app_of(house: House, port: int, year: int | None) -> Starlette:
    """The application. ``year``: the index shows this one only."""

    @contextlib.asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(watch(house.workspace, house.folders, house.saved))
        yield
        watching.cancel()

    async def index(_: Request) -> Response:
        return HTMLResponse(await run_in_threadpool(shell.index, Workspace(house.workspace), year))

    async def open_edition(request: Request) -> Response:
        id, year = await _edition(request)
        if request.path_params["id"] != id:
            return RedirectResponse(f"/{quote(id)}/{year}/")
        return HTMLResponse(await run_in_threadpool(shell.preview, Workspace(house.workspace), id, year))

    async def page(request: Request) -> Response:
        preview = await _preview(request)
        return HTMLResponse(preview.seen.page or nothing_yet(), headers={"Content-Security-Policy": guard.PAGE})

    async def state(request: Request) -> Response:
        return JSONResponse(telling.state(await _preview(request)))

    async def origin(request: Request) -> Response:
        preview = await _preview(request)
        return JSONResponse(await run_in_threadpool(telling.origin, preview, request.query_params.get("path", "")))

    async def again(request: Request) -> Response:
        await run_in_threadpool((await _preview(request)).ask_again)
        return JSONResponse({})

    async def download(request: Request) -> Response:
        preview = await _preview(request)
        name, data = await run_in_threadpool(preview.download, request.path_params["format"])
        return _file(name, data, saved=True)

    async def beside(request: Request) -> Response:
        name = request.path_params["file"]
        data = await run_in_threadpool((await _preview(request)).file, name)
        return _file(name, data, saved=not name.endswith((".svg", ".png", ".jpg")))

    async def news(request: Request) -> Response:
        preview = await _preview(request)

        async def stream() -> AsyncIterator[str]:
            yield "retry: 500\n\n"
            async for version in house.told(preview):
                yield f"data: {json.dumps(version)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def _edition(request: Request) -> tuple[str, int]:
        name, year = request.path_params["id"], request.path_params["year"]
        if not 2008 <= year <= 2100:
            raise HTTPException(404)
        is_there = re.fullmatch(r"[\w-]+", name) and (house.workspace / "jurisdictions" / f"{name}.yaml").is_file()
        # Whose file has a mistake has a preview all the same: it tells the mistake.
        return (name if is_there else (await run_in_threadpool(Workspace(house.workspace).named, name)).id), year

    async def _preview(request: Request) -> Preview:
        return await house.preview(*await _edition(request))

    base = "/{id}/{year:int}"
    routes = [
        Route("/", _blamed(index)),
        Mount("/~", StaticFiles(packages=[("nianbao_serve", "static")])),
        Route(f"{base}/", _blamed(open_edition)),
        Route(f"{base}/page", _blamed(page)),
        Route(f"{base}/state", _blamed(state)),
        Route(f"{base}/origin", _blamed(origin)),
        Route(f"{base}/news", _blamed(news)),
        Route(f"{base}/again", _blamed(again), methods=["POST"]),
        Route(f"{base}/download/{{format}}", _blamed(download)),
        Route(f"{base}/{{file:path}}", _blamed(beside)),
    ]
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(guard.NAMES), www_redirect=False),
        Middleware(guard.Guard, port=port),
    ]
    return Starlette(routes=routes, middleware=middleware, lifespan=living, exception_handlers={NianbaoError: _told})


def _blamed(answer: Answer) -> Answer:
    """An endpoint whose crash is told as the command line tells it: a message, the traceback in a log."""

    @functools.wraps(answer)
    async def blamed(request: Request) -> Response:
        with blame("serve", passing=(HTTPException,)):
            return await answer(request)

    return blamed


def _file(name: str, data: bytes, *, saved: bool) -> Response:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    where = "attachment" if saved else "inline"
    headers = {"Content-Disposition": f"{where}; filename*=UTF-8''{quote(name)}", "Content-Security-Policy": guard.PAGE}
    return Response(data, media_type=kind, headers=headers)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, NianbaoError)
    status = 404 if isinstance(error, UnknownName) else 500 if isinstance(error, PluginError) else 422
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(shell.message(error), status)
    return JSONResponse({"error": telling.told(error)}, status)
