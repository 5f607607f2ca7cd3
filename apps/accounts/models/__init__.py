"""Accounts, one-time codes, and tries to prove who one is."""

from apps.accounts.models.tries import SignInTry
from apps.accounts.models.users import SYSTEM_USERNAME, ResetCode, User, UserManager

__all__ = ["SYSTEM_USERNAME", "ResetCode", "SignInTry", "User", "UserManager"]
