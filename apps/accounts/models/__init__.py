"""Accounts, one-time codes, what two persons decide, and tries to prove who one is."""

from apps.accounts.models.proposals import AccountProposal
from apps.accounts.models.tries import SignInTry
from apps.accounts.models.users import SYSTEM_USERNAME, ResetCode, User, UserManager, UserVillage
