#!/usr/bin/env python3
"""Compares the monthly cohort matrix of Cartwright with DuckDB on its in-memory orders table, in one run.

    peers_cohorts.py ORDERS.csv WORKSPACE MEASURE_BINARY [REPEATS]

WORKSPACE holds the import of ORDERS.csv, whose columns are those of `peers.py`. Build the binary with
`cargo build --release --example measure`. Needs the Python package duckdb; says so and stops without it. The two are
run in one go, their matrices must be equal, and the medians are divided. The time of the movement between the segments
of two dates is printed beside it.
"""
import json, os, statistics, subprocess, sys, time

csv, workspace, measure = sys.argv[1:4]
repeats = int(sys.argv[4]) if len(sys.argv) > 4 else 5
for path in (csv, workspace):
    if not os.path.exists(path):
        sys.exit(f"skipped: {path} is not there")
try:
    import duckdb
except ImportError as missing:
    sys.exit(f"skipped: {missing}")

con = duckdb.connect(config={"threads": 2})
con.execute(f"""CREATE TABLE orders AS SELECT customer_id cid, created_at::TIMESTAMP ts, total FROM read_csv('{csv}', header=true)
 WHERE total IS NOT NULL AND total > 0""")
query = """WITH c AS (SELECT cid, date_trunc('month', min(ts)) c0 FROM orders GROUP BY cid)
 SELECT strftime(c0, '%Y-%m') cohort, date_diff('month', c0, date_trunc('month', ts)) k, count(DISTINCT o.cid) n, count(*), sum(total)
 FROM orders o JOIN c USING (cid) GROUP BY 1, 2 ORDER BY 1, 2"""
peer = []
for _ in range(repeats):
    start = time.perf_counter()
    theirs = con.execute(query).fetchall()
    peer.append(time.perf_counter() - start)
ours = json.loads(subprocess.run([measure, "cohorts", workspace, str(repeats)], check=True, capture_output=True).stdout)
equal = [list(row[:3]) for row in theirs] == ours["cells"]
own = statistics.median(ours["cohorts"])
ratio = own / statistics.median(peer)
orders = con.execute("SELECT count(*) FROM orders").fetchone()[0]
print(f"monthly cohorts of {orders:,} orders: cartwright {own:.3f} s, DuckDB {statistics.median(peer):.3f} s, "
      f"ratio {ratio:.3f} (goal 0.2) {'holds' if ratio <= 0.2 else 'MISSED'}; matrices {'equal' if equal else 'DIFFER'}")
print(f"movement between two dates: {statistics.median(ours['movement']):.3f} s, {ours['moved']:,} customers moved")
