"""The outside world: the library of accounts, and the province's single sign-on."""

from coso.organizations.adapters.accounts import ClosedAccounts
from coso.organizations.adapters.identities import (
    IDENTITY,
    INVITED,
    INVITED_WITHIN,
    PROVIDER,
    UNKNOWN,
    LinkedIdentities,
    VerifiedIdentity,
    invited_token,
    is_configured,
    words_of,
)

__all__ = [
    "IDENTITY",
    "INVITED",
    "INVITED_WITHIN",
    "PROVIDER",
    "UNKNOWN",
    "ClosedAccounts",
    "LinkedIdentities",
    "VerifiedIdentity",
    "invited_token",
    "is_configured",
    "words_of",
]
