"""Pages of periodic reports whose forms carry a key, as `sent_pages.Page` takes them."""

from typing import Any

from apps.periodic import forms
from apps.periodic.models import PeriodicReport, ReportRule, ReportTemplate

REPORT_PAGES: list[dict[str, Any]] = [
    {
        "shape": forms.FreezeForm, "model": PeriodicReport, "url": "periodic:preview",
        "words": "reason", "args": lambda office, n: [], "has_target": False,
        "data": {"shown_every": "month", "shown_first": "2024-03-01", "shown_last": "2024-03-31"},
    },
    {
        "shape": forms.OwnForm, "model": ReportTemplate, "url": "periodic:form",
        "words": "opening", "args": lambda office, n: ["month"], "has_target": False,
        "data": {"title": "月报", "codes": ["persons"], "columns": ["persons"]},
    },
    {
        "shape": forms.RuleForm, "model": ReportRule, "url": "periodic:new-rule",
        "words": "basis", "args": lambda office, n: [], "fresh": {"every": "week"},
        "has_target": False,
        "data": {"every": "month", "level": "town", "due_days": "5", "first_day": "2024-09-01"},
    },
]  # fmt: skip
