"""Computes the table `clocks` from the ledger by one query, for one case or for all that are open.

It says the same as engine.clock.count, set by set: pauses become ranges of days whose union is taken
(`range_agg`), and days are counted by their ordinals in `working_days`. The n-th day that counts has the
ordinal of the start, plus n, plus the working days of every hole that begins before n days have counted.
"""

from datetime import date

from sqlalchemy import ColumnElement, Connection, TextClause, case, text

from engine.clock.calendar import FIRST, LAST, hold
from engine.clock.count import BLUE, GREEN, NONE, PAUSED, RED, STOPPED, YELLOW
from engine.clock.ledger import WARN_DAYS
from engine.tables import clocks

_QUERY = """
with numbered as (
    select e.id, e.case_id, e.clock, e.item, e.entry, e.on_day, e.days, e.closes, e.warn_days, cases.region,
        count(*) filter (where e.entry = 'start') over own as run
    from clock_entries e join cases on cases.id = e.case_id
    where {which}
    window own as (partition by e.case_id, e.clock, e.item order by e.id)
), alive as (  -- the last run, and of it what comes up to its first stop
    select * from (
        select *, max(run) over (partition by case_id, clock, item) as newest,
            count(*) filter (where entry = 'stop')
                over (partition by case_id, clock, item, run order by id) as stops
        from numbered
    ) each where run > 0 and run = newest and (stops = 0 or stops = 1 and entry = 'stop')
), places as materialized (  -- once a region, not once a clock
    select region, coalesce((
        select each from unnest(array[region, left(region, 4) || '00', left(region, 2) || '0000'])
            with ordinality as near (each, far)
        where (far = 1 or region ~ '^[0-9]{{6}}$') and each in (select region from calendar_days)
        order by far limit 1
    ), '') as place
    from (select distinct region from numbered) regions
), runs as (
    select case_id, clock, item, place,
        max(on_day) filter (where entry = 'start') as begun,
        coalesce(max(days) filter (where entry = 'start'), 0)
            + coalesce(sum(days) filter (where entry = 'extend'), 0) as total,
        coalesce(max(warn_days) filter (where entry = 'start'), {warn}) as warn,
        max(on_day) filter (where entry = 'stop') as stopped
    from alive join places using (region)
    group by case_id, clock, item, place
    {having}
), resumed as (
    select case_id, clock, item, closes, min(on_day) as on_day
    from alive where entry = 'resume' group by case_id, clock, item, closes
), pauses as (
    select runs.case_id, runs.clock, runs.item, runs.place, runs.begun, alive.on_day,
        coalesce(resumed.on_day, runs.stopped) as ended,
        greatest(:today, coalesce(expected.day, alive.on_day)) as projected
    from alive
    join runs using (case_id, clock, item)
    left join resumed on (resumed.case_id, resumed.clock, resumed.item, resumed.closes)
        = (alive.case_id, alive.clock, alive.item, alive.id)
    left join working_days paused on paused.region = runs.place and paused.day = alive.on_day
    left join working_days expected on expected.region = runs.place and expected.works
        and alive.days > 0 and expected.ordinal = paused.ordinal + alive.days
    where alive.entry = 'pause'
), spans as (
    select case_id, clock, item, place, unnest(range_agg(
        daterange(on_day, greatest(on_day, coalesce(ended, projected)), '(]') * daterange(begun, null, '(]')
    )) as span
    from pauses group by case_id, clock, item, place
), holes as (
    select case_id, clock, item, before.ordinal as at, last.ordinal - before.ordinal as length,
        coalesce(sum(last.ordinal - before.ordinal) over (
            partition by case_id, clock, item order by lower(span)
            rows between unbounded preceding and 1 preceding), 0) as earlier
    from spans
    join working_days before on before.region = place and before.day = lower(span) - 1
    join working_days last on last.region = place and last.day = upper(span) - 1
), opened as (
    select case_id, clock, item, min(greatest(on_day, begun)) as first
    from pauses where ended is null group by case_id, clock, item
), ordinals as (
    select runs.*, begin.ordinal + total + coalesce(sum(length) filter (
            where at - begin.ordinal - earlier < total), 0) as due,
        begin.ordinal + greatest(total - warn, 0) + coalesce(sum(length) filter (
            where at - begin.ordinal - earlier < greatest(total - warn, 0)), 0) as yellow
    from runs
    join working_days begin on begin.region = place and begin.day = begun
    left join holes using (case_id, clock, item)
    group by runs.case_id, runs.clock, runs.item, place, begun, total, warn, stopped, begin.ordinal
), dated as (
    select case_id, clock, item, begun, stopped, first,
        case when total > 0 then due.day else begun end as due_on,
        case when total > warn then yellow.day else begun end as yellow_from
    from ordinals
    left join working_days due
        on due.region = place and due.ordinal = ordinals.due and due.works
    left join working_days yellow
        on yellow.region = place and yellow.ordinal = ordinals.yellow and yellow.works
    left join opened using (case_id, clock, item)
), unsure as materialized (  -- the years that nobody has announced
    select make_date(year, 1, 1) as starts, day as ends from generate_series({first}, {last}) year
    join working_days on region = '' and day = make_date(year, 12, 31) where provisional
), stated as (
    select *, case when stopped is not null then 'stopped'
        when due_on > first then 'paused' else 'running' end as state
    from dated
)
insert into clocks as old (case_id, clock, item, state, due_on, yellow_from, provisional, projected_on)
select case_id, clock, item, state, due_on, yellow_from,
    exists (
        select from unsure where unsure.starts <= due_on and unsure.ends > begun
    ),
    case state when 'paused' then :today end
from stated
order by case_id, clock, item
on conflict (case_id, clock, item) do update
    set state = excluded.state, due_on = excluded.due_on, yellow_from = excluded.yellow_from,
        provisional = excluded.provisional, projected_on = excluded.projected_on
    where (old.state, old.due_on, old.yellow_from, old.provisional, old.projected_on) is distinct from
        (excluded.state, excluded.due_on, excluded.yellow_from, excluded.provisional, excluded.projected_on)
"""


def _query(which: str, having: str = "") -> TextClause:
    years = {"first": FIRST.year, "last": LAST.year}
    return text(_QUERY.format(which=which, having=having, warn=WARN_DAYS, **years))


_RUNNING = "having max(on_day) filter (where entry = 'stop') is null"  # what has stopped stays as it was
_ONE = _query("e.case_id = :case_id")
_ALL = _query("cases.ended_at is null", _RUNNING)
_PROJECTED = _query("e.case_id in (select case_id from clocks where projected_on < :today)", _RUNNING)


def compute_case(db: Connection, case_id: int, today: date) -> None:
    """Bring the clocks of one case up to date with its ledger; the caller holds the calendar."""
    db.execute(_ONE, {"case_id": case_id, "today": today})


def compute_all(db: Connection, today: date) -> int:
    """Bring the clocks of all open cases up to date; returns how many changed."""
    return _compute_many(db, _ALL, today)


def move_projections(db: Connection, today: date) -> int:
    """Reckon anew, once a day, the dates that hang on pauses which still last; returns how many."""
    return _compute_many(db, _PROJECTED, today)


def light(today: date) -> ColumnElement[str]:
    """The colour of a row of `clocks` on a day, as engine.clock.count.light_of says it."""
    return case(
        (clocks.c.state == STOPPED, NONE),
        (clocks.c.state == PAUSED, BLUE),
        (clocks.c.due_on < today, RED),
        (clocks.c.yellow_from <= today, YELLOW),
        else_=GREEN,
    )


def _compute_many(db: Connection, query: TextClause, today: date) -> int:
    """Run it with joins that suit many rows: PostgreSQL cannot know how many clocks the windows leave.

    It expects one and would compare each clock with every other.
    """
    hold(db)
    db.execute(_NESTED_LOOPS, {"allowed": "off"})
    changed = db.execute(query, {"today": today}).rowcount
    db.execute(_NESTED_LOOPS, {"allowed": "on"})
    return changed


_NESTED_LOOPS = text("select set_config('enable_nestloop', :allowed, true)")
