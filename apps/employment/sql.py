"""What the database keeps of work and training, whoever writes."""

from typing import Any

import pgtrigger

# Who has died takes no place, whether somebody has ended the placement or not.
LIVES = """NOT EXISTS (
            SELECT FROM persons_person x WHERE x.id = p.person_id AND x.life_status = 'deceased'
        )"""
# Two files that became one hold one place: persons are counted.
# Two who place somebody at once wait for each other at the base: the second sees the first.
BASE_HAS_ROOM = f"""
IF NEW.base_id IS NOT NULL AND NEW.ended_on IS NULL AND NEW.withdrawn_at IS NULL AND (
    TG_OP = 'INSERT' OR OLD.base_id IS DISTINCT FROM NEW.base_id
    OR OLD.ended_on IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
) THEN
    PERFORM 1 FROM employment_base WHERE id = NEW.base_id FOR NO KEY UPDATE;
    IF (
        SELECT count(DISTINCT p.person_id) FROM employment_placement p
        WHERE p.base_id = NEW.base_id AND p.ended_on IS NULL AND p.withdrawn_at IS NULL
            AND p.person_id <> NEW.person_id AND {LIVES}
    ) >= (SELECT places FROM employment_base WHERE id = NEW.base_id) THEN
        RAISE EXCEPTION 'employment_base_is_full' USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""  # noqa: S608 - our own words
BASE_KEEPS_ROOM = f"""
IF NEW.places < OLD.places AND NEW.places < (
    SELECT count(DISTINCT p.person_id) FROM employment_placement p
    WHERE p.base_id = NEW.id AND p.ended_on IS NULL AND p.withdrawn_at IS NULL AND {LIVES}
) THEN
    RAISE EXCEPTION 'employment_base_keeps_room' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""  # noqa: S608 - our own words

# Two files with a place each may become one; nobody who has a place is given another one.
ENROLLED_ONCE = """
IF NEW.withdrawn_at IS NULL AND EXISTS (
    SELECT FROM employment_enrolment e WHERE e.course_id = NEW.course_id
        AND e.person_id = NEW.person_id AND e.withdrawn_at IS NULL
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'employment_enrolled_once',
        MESSAGE = 'employment_enrolled_once';
END IF;
RETURN NEW;
"""
EXAMINED_LATER = """
IF NEW.examined_on < NEW.enrolled_on THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation',
        CONSTRAINT = 'employment_examined_after_enrolment',
        MESSAGE = 'employment_examined_after_enrolment';
END IF;
RETURN NEW;
"""
# An end and the looks at it say one thing, whichever of them comes last and whoever writes it.
END_BESIDE_LOOKS = """
IF EXISTS (
    SELECT FROM employment_look l WHERE l.placement_id = NEW.id AND l.withdrawn_at IS NULL
        AND (l.day < NEW.starts_on OR l.still = 'yes' AND l.day > NEW.ended_on
            OR l.still = 'no' AND l.day < coalesce(NEW.ended_on, 'infinity'))
) AND NEW.withdrawn_at IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'employment_end_beside_looks',
        MESSAGE = 'employment_end_beside_looks';
END IF;
RETURN NEW;
"""
LOOK_BESIDE_END = """
IF NEW.withdrawn_at IS NULL AND EXISTS (
    SELECT FROM employment_placement p WHERE p.id = NEW.placement_id
        AND (NEW.day < p.starts_on OR NEW.still = 'yes' AND NEW.day > p.ended_on
            OR NEW.still = 'no' AND NEW.day < coalesce(p.ended_on, 'infinity'))
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'employment_look_beside_end',
        MESSAGE = 'employment_look_beside_end';
END IF;
RETURN NEW;
"""
ITS_END: Any = pgtrigger.UpdateOf("starts_on", "ended_on")  # type: ignore[no-untyped-call]
ITS_LOOK: Any = pgtrigger.UpdateOf("day", "still", "placement_id")  # type: ignore[no-untyped-call]
ITS_DAYS: Any = pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
    "enrolled_on", "examined_on"
)
