"""Visits and interviews, and the flag of lost contact with its log."""

from apps.visits.models.lost import LostContact, Means, Search
from apps.visits.models.meeting import Meeting
