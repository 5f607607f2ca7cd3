"""Programmes and budgets, help with its steps, and the ledger."""

from apps.assistance.models.assistance import Assistance, AssistanceStep, Look, SameHelpQuestion
from apps.assistance.models.payment import MonthClosing, Payment
from apps.assistance.models.programme import Budget, LetterSender, Programme

__all__ = [
    "Assistance", "AssistanceStep", "Budget", "LetterSender", "Look", "MonthClosing", "Payment",
    "Programme", "SameHelpQuestion",
]  # fmt: skip
