"""Days off and made-up working days of 2023 to 2026, as the State Council's notices arrange them.

Whoever runs a site compares them with the notice and enters the next years in the admin.
"""

from datetime import date, timedelta
from typing import Any, Final

# Year: what, first and last day off; then the Saturdays and Sundays worked instead.
_OFF: Final[dict[int, list[tuple[str, tuple[int, int], tuple[int, int]]]]] = {
    2023: [
        ("元旦", (1, 1), (1, 2)), ("春节", (1, 21), (1, 27)), ("清明节", (4, 5), (4, 5)),
        ("劳动节", (4, 29), (5, 3)), ("端午节", (6, 22), (6, 24)),
        ("中秋节、国庆节", (9, 29), (10, 6)),
    ],
    2024: [
        ("元旦", (1, 1), (1, 1)), ("春节", (2, 10), (2, 17)), ("清明节", (4, 4), (4, 6)),
        ("劳动节", (5, 1), (5, 5)), ("端午节", (6, 10), (6, 10)), ("中秋节", (9, 15), (9, 17)),
        ("国庆节", (10, 1), (10, 7)),
    ],
    2025: [
        ("元旦", (1, 1), (1, 1)), ("春节", (1, 28), (2, 4)), ("清明节", (4, 4), (4, 6)),
        ("劳动节", (5, 1), (5, 5)), ("端午节", (5, 31), (6, 2)),
        ("国庆节、中秋节", (10, 1), (10, 8)),
    ],
    2026: [
        ("元旦", (1, 1), (1, 3)), ("春节", (2, 15), (2, 23)), ("清明节", (4, 4), (4, 6)),
        ("劳动节", (5, 1), (5, 5)), ("端午节", (6, 19), (6, 21)), ("中秋节", (9, 25), (9, 27)),
        ("国庆节", (10, 1), (10, 7)),
    ],
}  # fmt: skip
_WORK: Final[dict[int, list[tuple[int, int]]]] = {
    2023: [(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)],
    2024: [(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    2025: [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    2026: [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
}
_BASIS: Final = "国务院办公厅关于{}年部分节假日安排的通知"


def store(apps: Any, schema_editor: Any) -> None:
    """For the first migration of the app."""
    days = apps.get_model("law", "CalendarDay")
    rows = []
    for year, holidays in _OFF.items():
        basis = _BASIS.format(year)
        for name, first, last in holidays:
            start, end = date(year, *first), date(year, *last)
            rows += [
                days(day=start + timedelta(days=n), kind="off", name=name, basis=basis)
                for n in range((end - start).days + 1)
            ]
        rows += [
            days(day=date(year, *day), kind="work", name="调休上班", basis=basis)
            for day in _WORK[year]
        ]
    days.objects.bulk_create(rows)
