"""The demo province: Hà Tĩnh of today with sample villages, stations and people, each marked as a sample."""

from coso.site.demo.people import DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount
from coso.site.demo.province import load_demo


def load() -> None:
    """Load province, people and sample bulletins unless they are there; the bulletins' sounds are made meanwhile."""
    # Bulletins need every app ready, and so are imported when they are made.
    from coso.site.demo.bulletins import load_demo_bulletins

    load_demo()
    load_demo_bulletins()


__all__ = ["DEMO_ACCOUNTS", "DEMO_PASSWORD", "DemoAccount", "load", "load_demo"]
