"""The bare ASGI app that devices speak with: they ask, it answers as soon as there is news. No rules of its own."""
