"""Code lists of maintenance treatment (戒毒药物维持治疗工作管理办法, 国卫疾控发〔2014〕91号)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClinicKind(models.TextChoices):
    """One centre, several stations: 一中心多站点."""

    CENTRE = "centre", _("Centre")
    STATION = "station", _("Self-service station")


class Medicine(models.TextChoices):
    """What is given, and never how much: doses are the clinic's."""

    METHADONE = "methadone", _("Methadone")
    BUPRENORPHINE = "buprenorphine", _("Buprenorphine")
    OTHER = "other", _("Another medicine, in words")


class Basis(models.TextChoices):
    """There is no other ground than the person's own wish."""

    SIGNED = "signed", _("Own wish, application signed")
    SAID = "said", _("Own wish, said so to somebody")


class EndReason(models.TextChoices):
    FINISHED = "finished", _("Treatment finished")
    ELSEWHERE = "elsewhere", _("Goes on at another clinic")
    OWN_WISH = "own_wish", _("Stopped of own wish")
    MISSED = "missed", _("Did not come for a long time")
    OTHER = "other", _("Another reason, in words")


class Source(models.TextChoices):
    """How the office knows how often somebody came."""

    LIST = "list", _("List of the clinic")
    TOLD = "told", _("Told by the clinic")
    PERSON = "person", _("Told by the person")
