"""The outside world: the library of accounts, and the province's single sign-on."""

from coso.organizations.adapters.accounts import ClosedAccounts
from coso.organizations.adapters.identities import (
    INVITED,
    PROVIDER,
    UNKNOWN,
    LinkedIdentities,
    VerifiedIdentity,
    is_configured,
    words_of,
)

__all__ = [
    "INVITED",
    "PROVIDER",
    "UNKNOWN",
    "ClosedAccounts",
    "LinkedIdentities",
    "VerifiedIdentity",
    "is_configured",
    "words_of",
]
