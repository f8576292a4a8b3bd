"""The ASGI application: enrolment, asking, media, health. `docs/reference/wire.md` describes the talk."""

import logging

import django
from django.apps import apps

# The server imports this file first; `coso gateway` has named Django's settings in the environment.
if not apps.ready:
    django.setup()

from coso.gateway.gateway import Gateway
from coso.gateway.http import Gone, Receive, Scope, Send

log = logging.getLogger("coso.gateway")

_gateway: Gateway | None = None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one request, or the life of the process."""
    global _gateway
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    if scope["type"] != "http":
        return
    if _gateway is None:
        _gateway = Gateway()
        _gateway.start()
    try:
        await _gateway.serve(scope, receive, send)
    except Gone:
        return


async def _live(receive: Receive, send: Send) -> None:
    global _gateway
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _gateway = _gateway or Gateway()
            _gateway.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if _gateway is not None:
                await _gateway.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
