"""Campaigns: where and when, who is asked, and counts of occupations."""

from apps.campaigns.models.campaign import Campaign
from apps.campaigns.models.counts import CampaignCount
from apps.campaigns.models.site import CampaignSite, CampaignSlot
from apps.campaigns.models.target import CampaignTarget

__all__ = ["Campaign", "CampaignCount", "CampaignSite", "CampaignSlot", "CampaignTarget"]
