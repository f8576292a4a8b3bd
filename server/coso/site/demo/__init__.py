"""The demo province: Hà Tĩnh of today with sample villages, stations and people, each marked as a sample."""

from coso.site.demo.people import DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount
from coso.site.demo.province import load_demo

# `demo.load()` reads well where the package is imported whole.
load = load_demo

__all__ = ["DEMO_ACCOUNTS", "DEMO_PASSWORD", "DemoAccount", "load", "load_demo"]
