"""The bare ASGI application that speaks the wire with devices; no rules of its own."""
