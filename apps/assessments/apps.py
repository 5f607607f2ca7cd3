from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "apps.assessments"
    verbose_name = _("Risk and needs")

    def ready(self) -> None:
        from apps.assessments import approving  # noqa: F401
        from apps.assessments.models import Assessment, RoundTarget
        from apps.persons.merging.rows import goes_with_its_twin, settle_first

        goes_with_its_twin(RoundTarget)
        settle_first(Assessment, _("Decide about one of the two assessments first."))
