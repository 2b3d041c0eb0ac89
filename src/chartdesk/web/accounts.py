"""Logging in: only people whom a manager gave a place; nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access.models import User
from chartdesk.record.access.subject import Subject


class AccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page, and says what is wrong in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is wrong.",
        "too_many_login_attempts": "Too many attempts. Wait some minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


def forget_second_step(subject: Subject, given: User) -> bool:
    """Log ``given`` in with the password alone from now on, for somebody who lost the telephone. Says if there was one.

    Whether ``subject`` may is what ``staffing.renew_password`` has decided before.
    """
    with transaction(subject):
        found, _ = Authenticator.objects.filter(user=given).delete()
        if found:
            audit.record(subject, "D", "login", resource_id=str(given.pk), detail=f"two-step sign-in of {given.pk} off")
    return bool(found)
