"""Wires every app into one system; nothing imports it."""
