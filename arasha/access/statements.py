"""The SQL of row-level security, as text. `rls.py` says in which order it runs.

EXISTS rather than IN: for one row PostgreSQL looks it up by the index, for many it hashes the grants
once. But it expects many where a page ends after a few; with OFFSET 0 it never hashes.
What depends on the viewer alone stands in ARRAY(…), which is asked once for a query.
"""
# Every name in these statements comes from protected.py and policy.py, none from a person.
# ruff: noqa: S608

from collections.abc import Iterable, Sequence

from arasha.access.policy import DESK_JOBS, DEVICES
from arasha.access.protected import Named, Numbered, Pair, Protected, Trail
from arasha.actors import LETTERS

READABLE, WRITABLE = "'r', 'rw'", "'rw'"
MOST_NAMES = 300  # found at once: more words narrow it
VIEWER = "current_setting('arasha.viewer', true)"
VIEWER_KEY = f"substring({VIEWER} FROM '^user:([0-9a-f-]{{36}})$')::uuid"
# How to look, and never what is seen: `viewing.look_one_by_one`.
ONE_BY_ONE = "current_setting('arasha.one_by_one', true) = 'yes'"
# The clocks of two machines differ a little; a grant given this second must count in its own
# transaction. The first lock is exact.
NOW = "statement_timestamp()"
SOON = f"({NOW} + interval '1 minute')"


def views(*, timezone: str) -> Iterable[str]:
    """By which holders and bases the viewer reaches what, and what they are barred from.

    Both are read with their owner's rights, and hold a handful of rows for one viewer.
    """
    today = f"({NOW} AT TIME ZONE '{timezone}')::date"
    yield f"""
        CREATE OR REPLACE VIEW access_reach AS
        SELECT c.kind, c.compartment, c."right", h.holder_key,
            {_reach("c.basis", "h.holder_kind", "h.holder_key")} AS reach
        FROM people_appointment a
        JOIN people_user u ON u.key = a.user_id AND u.left_at IS NULL
        JOIN people_post p ON p.key = a.post_id
        JOIN access_cell c ON c.role = p.role
        CROSS JOIN LATERAL (VALUES ('person', a.user_id), ('institution', p.institution_id))
            AS h (holder_kind, holder_key)
        WHERE a.user_id = {VIEWER_KEY}
            AND a.from_day <= {today} AND (a.until_day IS NULL OR a.until_day >= {today})"""
    yield f"""
        CREATE OR REPLACE VIEW access_barred AS
        SELECT b.subject_kind AS kind, b.subject_key
        FROM access_bar b
        WHERE b.user_key = {VIEWER_KEY} AND b.since_at <= {SOON}
            AND (b.lifted_at IS NULL OR b.lifted_at > {NOW})"""


def grants_policies(*, doors: Sequence[str]) -> Iterable[str]:
    """Every door may read grants, because policies do; at the desk nobody gives one in another's name."""
    desk, jobs, gateway = doors
    mine = f"given_by_kind || ':' || given_by_key = {VIEWER}"
    nobody = "given_by_kind = 'anonymous'"
    yield "ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY"
    yield f"CREATE POLICY reads ON access_grant FOR SELECT TO {desk}, {jobs}, {gateway} USING (true)"
    yield f"CREATE POLICY gives ON access_grant FOR INSERT TO {desk} WITH CHECK ({mine})"
    yield f"CREATE POLICY ends ON access_grant FOR UPDATE TO {desk} USING (true)"
    yield f"CREATE POLICY files ON access_grant FOR INSERT TO {gateway} WITH CHECK ({nobody})"
    yield f"CREATE POLICY works ON access_grant FOR ALL TO {jobs} USING (true) WITH CHECK (true)"


def record_policies(entry: Protected, *, desk: str, jobs: str, gateway: str) -> Iterable[str]:
    """Who reads, changes and makes rows of a table: people by grants, jobs and devices by the policy."""
    on, to = entry.table, f"{desk}, {jobs}"
    readable, writable = _opens(entry, READABLE), _opens(entry, WRITABLE)
    if isinstance(entry, Pair):
        readable = writable = f"{readable} AND {_opens(entry, READABLE, entry.other)}"
    made = f"{writable} OR {_given_by_viewer(entry)}"
    if isinstance(entry, Trail):
        made, writable = readable, "false"
    name = f"{entry.kind}_{entry.compartment}"
    yield f"CREATE POLICY {name}_reads ON {on} FOR SELECT TO {to} USING ({readable})"
    yield f"CREATE POLICY {name}_changes ON {on} FOR UPDATE TO {to} USING ({writable})"
    yield f"CREATE POLICY {name}_makes ON {on} FOR INSERT TO {to} WITH CHECK ({made})"
    yield f"CREATE POLICY {name}_job_reads ON {on} FOR SELECT TO {jobs} USING ({_job(entry, read=True)})"
    of_desk = ", ".join(f"'job:{job}'" for job in DESK_JOBS)
    counts = f"{VIEWER} IN ({of_desk})"
    yield f"CREATE POLICY {name}_desk_job_reads ON {on} FOR SELECT TO {desk} USING ({counts} AND {_job(entry, read=True)})"
    works = _job(entry, read=False)
    yield f"CREATE POLICY {name}_job_works ON {on} FOR ALL TO {jobs} USING ({works}) WITH CHECK ({works})"
    if (entry.kind, entry.compartment) in DEVICES:
        device = f"({VIEWER} LIKE 'device:%' OR {VIEWER} = '{LETTERS}')"
        yield f"CREATE POLICY {name}_device ON {on} FOR SELECT TO {gateway} USING ({device})"
        yield f"CREATE POLICY {name}_files ON {on} FOR INSERT TO {gateway} WITH CHECK ({device} AND {_granted(entry)})"


def barring(entry: Protected, *, people: Sequence[str]) -> Iterable[str]:
    """A bar beats every policy that allows."""
    free = _free(entry, entry.column)
    if isinstance(entry, Pair):
        free = f"{free} AND {_free(entry, entry.other)}"
    yield (
        f"CREATE POLICY {entry.kind}_{entry.compartment}_bars ON {entry.table} AS RESTRICTIVE"
        f" FOR ALL TO {', '.join(people)} USING ({free}) WITH CHECK ({free})"
    )


def broadcasts(tables: Iterable[str], *, to: str) -> Iterable[str]:
    """Rows that everybody may have, because they are sealed; which columns, the privileges say."""
    for table in tables:
        yield f"CREATE POLICY broadcast ON {table} FOR SELECT TO {to} USING (true)"


def numbers_function(
    numbered: Sequence[Numbered], *, owner: str, callers: Sequence[str]
) -> Iterable[str]:
    """A function that tells a record's key by its number, and nothing else, to somebody who cannot see it."""
    if not numbered:
        return
    yield f"GRANT {owner} TO CURRENT_USER"
    for each in numbered:
        yield f"GRANT SELECT ({each.key}, {each.number}) ON {each.table} TO {owner}"
        yield f"DROP POLICY IF EXISTS finds_by_number ON {each.table}"
        yield f"CREATE POLICY finds_by_number ON {each.table} FOR SELECT TO {owner} USING (true)"
    yield (
        "CREATE OR REPLACE FUNCTION arasha_record_of(folded text) RETURNS TABLE (kind text, key uuid)"
        " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
        f" AS $$ {lookup(numbered, placeholder='folded')} $$"
    )
    yield from _given_to("arasha_record_of(text)", owner=owner, callers=callers)


def names_function(named: Named, *, owner: str, callers: Sequence[str]) -> Iterable[str]:
    """A function that finds the rows open to the viewer in which parts of a name stand.

    Behind a policy LIKE uses no index: it might tell what it saw. So this function looks past the policy,
    by the index, and asks itself what the policy would have asked. Of each thing that is wanted one of its
    ways stands in a name, with all its patterns; the other two arguments say of which way and of what a
    pattern is. The index looks for all patterns of one way at once; of things that are wanted the planner,
    which may not know here how common a pattern is, leaves some to be read.
    """
    table, has = named.table, has_part(named, "%L")
    opens = (
        f"({_opens(named, READABLE)} OR {_job(named, read=True)}) AND {_free(named, named.column)}"
    )
    yield f"GRANT {owner} TO CURRENT_USER"
    yield "DROP FUNCTION IF EXISTS arasha_named(text[], text[])"  # as it was called until 2026-11-24
    columns = ", ".join((named.key, named.column, named.folded))
    yield f"GRANT SELECT ({columns}) ON {table} TO {owner}"
    yield f"GRANT SELECT ON access_reach, access_barred, access_grant, access_jobcell TO {owner}"
    for each in (table, "access_grant"):
        yield f"DROP POLICY IF EXISTS finds_by_name ON {each}"
        yield f"CREATE POLICY finds_by_name ON {each} FOR SELECT TO {owner} USING (true)"
    yield (
        "CREATE OR REPLACE FUNCTION arasha_named (patterns text[], of_way int[], of_wanted int[])"
        " RETURNS TABLE (found uuid)"
        " LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $body$"
        " DECLARE asked text; BEGIN"
        " SELECT string_agg(format('(%s)', ways), ' AND ') INTO asked FROM"
        " (SELECT string_agg(format('(%s)', parts), ' OR ') AS ways FROM"
        f" (SELECT string_agg(format($has${has}$has$, pattern), ' AND ') AS parts, thing"
        " FROM unnest(patterns, of_way, of_wanted) AS said (pattern, way, thing)"
        " GROUP BY thing, way) AS of_one GROUP BY thing) AS of_all;"
        " IF asked IS NULL THEN RETURN; END IF;"
        f" RETURN QUERY EXECUTE 'SELECT {named.key} FROM {table} WHERE ' || asked ||"
        f" $opens$ AND {opens} LIMIT {MOST_NAMES}$opens$; END $body$"
    )
    yield from _given_to("arasha_named(text[], int[], int[])", owner=owner, callers=callers)


def has_part(named: Named, pattern: str) -> str:
    """Whether a LIKE pattern stands in a folded name, said as the index of the names has it."""
    return f"(' ' || {named.folded} || ' ') LIKE {pattern}"


def _given_to(function: str, *, owner: str, callers: Sequence[str]) -> Iterable[str]:
    """Run it with its owner's rights, for these callers, and keep nobody as a member of the owner."""
    yield f"GRANT CREATE ON SCHEMA public TO {owner}"
    yield f"ALTER FUNCTION {function} OWNER TO {owner}"
    yield f"REVOKE CREATE ON SCHEMA public FROM {owner}"
    yield f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {function} TO CURRENT_USER, {', '.join(callers)}"
    # A member would see what this role's policy shows.
    yield f"REVOKE {owner} FROM CURRENT_USER"


def lookup(numbered: Sequence[Numbered], *, placeholder: str) -> str:
    """SELECT kind and key of the records with a number."""
    return " UNION ".join(
        f"SELECT '{each.kind}', {each.key} FROM {each.table}"
        f" WHERE replace({each.table}.{each.number}, '-', '') = {placeholder}"
        for each in numbered
    )


def _free(entry: Protected, column: str) -> str:
    # An array: asked once for a query, not once for a row. No key (not yet a case): no bar.
    barred = f"ARRAY(SELECT b.subject_key FROM access_barred b WHERE b.kind = '{entry.kind}')"
    return f"coalesce({entry.table}.{column} <> ALL ({barred}), true)"


def _opens(entry: Protected, rights: str, column: str = "") -> str:
    """A live grant on the row's record whose holder and basis are within the viewer's reach.

    Said twice: the planner may collect the grants of most people, and may not where they are very many.
    """
    reach = (
        f"FROM access_reach r WHERE r.kind = '{entry.kind}'"
        f" AND r.compartment = '{entry.compartment}' AND r.\"right\" IN ({rights})"
    )
    opening = (
        f"SELECT 1 FROM access_grant g WHERE g.subject_kind = '{entry.kind}'"
        f" AND g.subject_key = {entry.table}.{column or entry.column}"
        # The first line can use an index, the second is exact.
        f" AND g.holder_key = ANY (ARRAY(SELECT r.holder_key {reach}))"
        f" AND {_reach('g.basis', 'g.holder_kind', 'g.holder_key')} = ANY (ARRAY(SELECT r.reach {reach}))"
        f" AND g.since_at <= {SOON}"
        f" AND (g.until_at IS NULL OR g.until_at > {NOW})"
        f" AND (g.withdrawn_at IS NULL OR g.withdrawn_at > {NOW})"
    )
    return f"CASE WHEN {ONE_BY_ONE} THEN EXISTS ({opening} OFFSET 0) ELSE EXISTS ({opening}) END"


def _reach(basis: str, holder_kind: str, holder_key: str) -> str:
    return f"{basis} || ':' || {holder_kind} || ':' || {holder_key}"


def _granted(entry: Protected) -> str:
    return (
        f"EXISTS (SELECT 1 FROM access_grant g WHERE g.subject_kind = '{entry.kind}'"
        f" AND g.subject_key = {entry.table}.{entry.column})"
    )


def _given_by_viewer(entry: Protected) -> str:
    """Whoever passes a matter on makes the record, though afterwards it is not theirs to change."""
    return (
        f"EXISTS (SELECT 1 FROM access_grant g WHERE g.subject_kind = '{entry.kind}'"
        f" AND g.subject_key = {entry.table}.{entry.column}"
        f" AND g.given_by_kind || ':' || g.given_by_key = {VIEWER})"
    )


def _job(entry: Protected, *, read: bool) -> str:
    rights = READABLE if read else WRITABLE
    return (
        f"EXISTS (SELECT 1 FROM access_jobcell j WHERE 'job:' || j.job = {VIEWER}"
        f" AND j.kind = '{entry.kind}' AND j.compartment = '{entry.compartment}'"
        f' AND j."right" IN ({rights}))'
    )
