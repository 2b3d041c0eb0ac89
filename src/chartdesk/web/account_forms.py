"""Forms of the login pages that ask for more than usual."""

from __future__ import annotations

from allauth.account.forms import ChangePasswordForm
from django.core.exceptions import ValidationError


class OwnPasswordForm(ChangePasswordForm):
    """Changing the password; one that somebody else knows is not chosen again."""

    def clean_password1(self) -> str:
        chosen: str = self.cleaned_data["password1"]
        if self.user.password_given and self.user.check_password(chosen):
            raise ValidationError("Choose another password than the one you were given.")
        return chosen
