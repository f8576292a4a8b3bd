"""What the single sign-on of the tests says of a person."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class Claims(OAuth2Validator):
    """Name and address beside the bare number."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """Give them."""
        user = request.user
        return {"name": user.first_name, "preferred_username": user.username, "email": user.email}
