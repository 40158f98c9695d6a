#!/usr/bin/env python3
"""Compares the whole KPI dashboard of Cartwright with DuckDB computing the same KPIs from its in-memory table, in one run.

    peers_kpi.py ORDERS.csv WORKSPACE MEASURE_BINARY [REPEATS]

WORKSPACE holds the import of ORDERS.csv, whose columns are those of `peers.py`. Build the binary with
`cargo build --release --example measure`. Needs the Python package duckdb; says so and stops without it. Both compute
the last 12 months, the 12 months before, the same weekdays and the same dates a year before, twelve months as a course
and the same weekdays of each a year before; all values are compared, and the medians are divided.
"""
import datetime, json, os, statistics, subprocess, sys, time

csv, workspace, measure = sys.argv[1:4]
repeats = int(sys.argv[4]) if len(sys.argv) > 4 else 5
for path in (csv, workspace):
    if not os.path.exists(path):
        sys.exit(f"skipped: {path} is not there")
try:
    import duckdb
except ImportError as missing:
    sys.exit(f"skipped: {missing}")

ours = json.loads(subprocess.run([measure, "kpi", workspace, str(repeats)], check=True, capture_output=True).stdout)
day = datetime.date.fromisoformat
back = lambda days, n=364: tuple(d - datetime.timedelta(n) for d in days)
period, against, weekdays, dates = (tuple(map(day, ours[key])) for key in ("period", "against", "weekdays", "dates"))
steps = [(day(a), day(b)) for a, b in ours["steps"]]
as_of = period[1]
before_first = (steps[0][0] - datetime.timedelta(1)).replace(day=1)
chain = [(before_first, steps[0][0] - datetime.timedelta(1))] + steps

con = duckdb.connect(config={"threads": 2})
con.execute(f"""CREATE TABLE orders AS
 WITH lines AS (SELECT * FROM read_csv('{csv}', header=true, types={{'total': 'DECIMAL(18,2)', 'shipping': 'DECIMAL(18,2)',
   'discount': 'DECIMAL(18,2)', 'qty': 'BIGINT', 'customer_id': 'BIGINT'}}))
 SELECT first(customer_id) FILTER (total IS NOT NULL) cid, first(created_at::TIMESTAMP::DATE) FILTER (total IS NOT NULL) d,
   ((sum(total) - coalesce(sum(shipping), 0)) * 100)::BIGINT rev, (coalesce(sum(discount), 0) * 100)::BIGINT disc, sum(qty)::BIGINT units
 FROM lines GROUP BY order_id HAVING sum(total) > 0""")
con.execute("CREATE TABLE steps AS SELECT * FROM (VALUES %s) t(kind, n, a, b)" % ", ".join(
    f"({kind}, {n}, DATE '{a}', DATE '{b}')" for kind, of in ((0, chain), (1, [back(s) for s in chain]))
    for n, (a, b) in enumerate(of)))

big = {"period": (period, against), "against": (against, None), "weekdays": (weekdays, None), "dates": (dates, None)}
for name, (days, before) in list(big.items()):
    length = (days[1] - days[0]).days + 1
    big[name] = (days, before or back(days, length))
within = lambda days: f"(d BETWEEN DATE '{days[0]}' AND DATE '{days[1]}')"
flags = ", ".join(f"bool_or({within(days)}) w{i}, bool_or({within(days)} AND d > f) a{i}, bool_or({within(before)}) b{i}"
                  for i, (days, before) in enumerate(big.values()))
sums = ", ".join(f"count(*) FILTER (w{i}), count(*) FILTER (a{i}), count(*) FILTER (b{i}), count(*) FILTER (w{i} AND b{i})"
                 for i in range(len(big)))
queries = {
    "daily": "SELECT d, count(*), sum(rev), sum(disc), sum(units) FROM orders GROUP BY d",
    "first": """WITH f AS (SELECT cid, min(d) f FROM orders WHERE cid IS NOT NULL GROUP BY cid)
 SELECT f, count(*), count(*) FILTER (again), sum(rev90)::BIGINT FROM (
   SELECT cid, f, bool_or(d > f AND d <= f + 90) again, sum(rev) FILTER (d <= f + 90) rev90
   FROM orders JOIN f USING (cid) GROUP BY cid, f) GROUP BY f""",
    "windows": f"""WITH f AS (SELECT cid, min(d) f FROM orders WHERE cid IS NOT NULL GROUP BY cid)
 SELECT {sums} FROM (SELECT cid, {flags} FROM orders JOIN f USING (cid) GROUP BY cid)""",
    "steps": """WITH f AS (SELECT cid, min(d) f FROM orders WHERE cid IS NOT NULL GROUP BY cid),
 s AS (SELECT kind, n, cid, bool_or(d > f) again FROM orders JOIN f USING (cid) JOIN steps ON d BETWEEN a AND b GROUP BY 1, 2, 3)
 SELECT s.kind, s.n, count(*), count(*) FILTER (s.again), count(p.cid) FROM s
 LEFT JOIN s p ON p.kind = s.kind AND p.n = s.n - 1 AND p.cid = s.cid GROUP BY 1, 2""",
}
peer = []
for _ in range(repeats):
    start = time.perf_counter()
    theirs = {name: con.execute(query).fetchall() for name, query in queries.items()}
    peer.append(time.perf_counter() - start)

daily = {row[0]: row[1:] for row in theirs["daily"]}
first = {row[0]: row[1:] for row in theirs["first"]}
begins = min(daily)


def over(of, days):
    rows = [of[d] for d in (days[0] + datetime.timedelta(n) for n in range((days[1] - days[0]).days + 1)) if d in of]
    return [sum(column) for column in zip(*rows)] or [0] * 4


def kpis(days, people, before, known_before):
    orders, rev, disc, units = over(daily, days)
    new = over(first, days)[0]
    ended = over(first, back(days, 90))
    watched = over(first, (days[0], min(days[1], as_of - datetime.timedelta(90))))
    ever = over(first, (begins, days[1]))
    total = sum(daily[d][1] for d in daily if d <= days[1])
    buyers, again, were, kept = people
    share = lambda k, n: k / n if n else None
    return {
        "revenue": rev / 100, "orders": orders, "aov": round(rev / orders) / 100 if orders else None, "new_customers": new,
        "buyers": buyers, "returning_customers": buyers - new, "orders_per_customer": share(orders, buyers),
        "repeat_rate": share(again, buyers), "retention": share(kept, were) if known_before else None,
        "repeat_within90": share(ended[1], ended[0]), "customer_quality": share(watched[1], watched[0]),
        "customer_quality_value": round(watched[2] / watched[0]) / 100 if watched[0] else None,
        "ltv_to_date": round(total / ever[0]) / 100 if ever[0] else None,
        "discount_rate": share(disc, rev + disc), "items_per_order": share(units, orders),
    }


flat = theirs["windows"][0]
found = {name: kpis(days, flat[4 * i:4 * i + 4], before, before[0] >= begins)
         for i, (name, (days, before)) in enumerate(big.items())}
people = {(kind, n): (buyers, again, kept) for kind, n, buyers, again, kept in theirs["steps"]}
for kind, of in ((0, chain), (1, [back(s) for s in chain])):
    for n in range(1, len(of)):
        buyers, again, kept = people.get((kind, n), (0, 0, 0))
        were = people.get((kind, n - 1), (0, 0, 0))[0]
        found[f"{'step' if kind == 0 else 'before'} {n}"] = kpis(of[n], (buyers, again, were, kept), None, of[n - 1][0] >= begins)

wrong, compared = [], 0
for where, values in found.items():
    for metric, value in values.items():
        own = ours["values"][where].get(metric)
        if own is None and where != "period" and not where.startswith("step"):
            continue  # days before the first order are compared with nothing
        compared += 1
        close = own == value if own is None or value is None else abs(own - value) <= 1e-9 * max(1, abs(value)) + 0.0051 * (metric in (
            "aov", "ltv_to_date", "customer_quality_value"))
        if not close:
            wrong.append((where, metric, own, value))
own, theirs_median = statistics.median(ours["seconds"]), statistics.median(peer)
ratio = own / theirs_median
print(f"KPI dashboard of {sum(row[0] for row in daily.values()):,} orders: cartwright {own:.3f} s, DuckDB {theirs_median:.3f} s, "
      f"ratio {ratio:.3f} (goal 0.25) {'holds' if ratio <= 0.25 else 'MISSED'}; {compared} values compared, "
      f"{'all equal' if not wrong else str(len(wrong)) + ' DIFFER'}; {ours['metrics']} metrics told")
for line in wrong[:10]:
    print("  differs:", *line)
