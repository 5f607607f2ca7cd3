"""Code lists of persons: the field's own, with the national standard where there is one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    RESIDENT = "resident", _("Resident identity card")
    PASSPORT = "passport", _("Passport")
    HK_MACAO = "hk_macao", _("Permit of Hong Kong or Macao")
    TAIWAN = "taiwan", _("Permit of Taiwan")
    FOREIGN = "foreign", _("Permanent residence of a foreigner")
    NONE = "none", _("Not known")


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    MALE = "1", _("Male")
    FEMALE = "2", _("Female")


class LifeStatus(models.TextChoices):
    """Status of a person apart from any order."""

    NONE = "", _("None")
    FOLLOW_UP = "follow_up", _("Community follow-up without an order")
    ABSTINENT = "clean", _("Three years abstinent")
    DECEASED = "deceased", _("Deceased")
    ABROAD = "abroad", _("Abroad")


class Education(models.TextChoices):
    """GB/T 4658."""

    POSTGRADUATE = "10", _("Postgraduate")
    BACHELOR = "20", _("Bachelor")
    COLLEGE = "30", _("College")
    VOCATIONAL = "40", _("Vocational school")
    SENIOR = "60", _("Senior middle school")
    JUNIOR = "70", _("Junior middle school")
    PRIMARY = "80", _("Primary school")
    NONE = "90", _("No schooling")


class Employment(models.TextChoices):
    EMPLOYED = "employed", _("Employed")
    FARMING = "farming", _("Farming or fishing")
    SELF = "self", _("Own business")
    FLEXIBLE = "flexible", _("Casual work")
    PUBLIC = "public", _("Public-welfare job")
    SITE = "site", _("Rehabilitation workshop or farm")
    TRAINING = "training", _("In training")
    REGISTERED = "registered", _("Registered as unemployed")
    UNEMPLOYED = "unemployed", _("Without work, able to work")
    UNABLE = "unable", _("Unable to work")
    RETIRED = "retired", _("Retired")
    STUDENT = "student", _("Student")


class Marital(models.TextChoices):
    """GB/T 2261.2."""

    SINGLE = "10", _("Single")
    MARRIED = "20", _("Married")
    WIDOWED = "30", _("Widowed")
    DIVORCED = "40", _("Divorced")
    UNSTATED = "90", _("Not stated")


class Household(models.TextChoices):
    PARENTS = "parents", _("With parents")
    FAMILY = "family", _("With partner or children")
    ALONE = "alone", _("Alone")
    RELATIVES = "relatives", _("With relatives or friends")
    DORMITORY = "dormitory", _("In a dormitory")
    NONE = "none", _("No fixed dwelling")
    SITE = "site", _("At a rehabilitation site")


class Substance(models.TextChoices):
    HEROIN = "heroin", _("Heroin")
    OPIUM = "opium", _("Morphine or opium")
    METHAMPHETAMINE = "methamphetamine", _("Methamphetamine (crystal)")
    MAGU = "magu", _("Methamphetamine (tablets)")
    KETAMINE = "ketamine", _("Ketamine")
    MDMA = "mdma", _("MDMA")
    CANNABIS = "cannabis", _("Cannabis")
    SYNTHETIC_CANNABINOID = "synthetic_cannabinoid", _("Synthetic cannabinoids")
    COCAINE = "cocaine", _("Cocaine")
    CATHINONE = "cathinone", _("Cathinones")
    ETOMIDATE = "etomidate", _("Etomidate")
    GHB = "ghb", _("GHB and the like")
    CODEINE = "codeine", _("Codeine or cough syrup")
    TRAMADOL = "tramadol", _("Tramadol or methadone, not prescribed")
    MEDICINE = "medicine", _("Other controlled medicine")
    UNLISTED = "unlisted", _("Not a listed drug")
    SEVERAL = "several", _("Several")
    OTHER = "other", _("Other")


class Relation(models.TextChoices):
    PARENT = "parent", _("Parent")
    PARTNER = "partner", _("Partner")
    CHILD = "child", _("Child")
    SIBLING = "sibling", _("Brother or sister")
    RELATIVE = "relative", _("Other relative")
    FRIEND = "friend", _("Friend")
    EMPLOYER = "employer", _("Employer")
    OTHER = "other", _("Other")
