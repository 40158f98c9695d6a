#!/usr/bin/env python3
"""Compares the replay of a sale with DuckDB computing the same totals over its in-memory tables, in one run.

    peers_sale.py ORDERS.csv WORKSPACE MEASURE_BINARY [REPEATS]

WORKSPACE holds the import of ORDERS.csv, whose columns are those of `peers.py`. Build the binary with
`cargo build --release --example measure`. Needs the Python package duckdb; says so and stops without it. The sale is the
framework's: 15 % from 50, 20 % from 100, free shipping from 75, over the whole history. The two are run in one go, their
totals must be equal to the cent, and the medians are divided.
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
columns = """{'order_id':'BIGINT','created_at':'TIMESTAMP','customer_id':'BIGINT','email':'VARCHAR','currency':'VARCHAR',
 'sku':'VARCHAR','qty':'BIGINT','unit_price':'DECIMAL(12,2)','discount':'DECIMAL(12,2)','shipping':'DECIMAL(12,2)',
 'total':'DECIMAL(12,2)'}"""
con.execute(f"""CREATE TABLE lines AS SELECT order_id, (qty * unit_price * 100)::BIGINT amount
 FROM read_csv('{csv}', header=true, columns={columns})""")
con.execute(f"""CREATE TABLE orders AS SELECT order_id, (coalesce(shipping, 0) * 100)::BIGINT shipping,
 (coalesce(discount, 0) * 100)::BIGINT had FROM read_csv('{csv}', header=true, columns={columns}) WHERE total > 0""")
query = """WITH basket AS (SELECT order_id, sum(amount)::BIGINT goods FROM lines WHERE amount > 0 GROUP BY order_id),
 sale AS (SELECT goods, had, shipping, CASE WHEN goods >= 10000 THEN (goods * 20 + 50) // 100
   WHEN goods >= 5000 THEN (goods * 15 + 50) // 100 ELSE 0 END off, CASE WHEN goods >= 7500 THEN shipping ELSE 0 END given
   FROM orders JOIN basket USING (order_id))
 SELECT count(*), sum(goods), count(*) FILTER (WHERE goods >= 5000), count(*) FILTER (WHERE goods >= 7500),
   count(*) FILTER (WHERE goods >= 10000), count(*) FILTER (WHERE goods BETWEEN 4000 AND 4999),
   count(*) FILTER (WHERE goods BETWEEN 6000 AND 7499), count(*) FILTER (WHERE goods BETWEEN 8000 AND 9999),
   sum(off), sum(given), sum(off + given) FILTER (WHERE had <= 0) FROM sale"""
peer = []
for _ in range(repeats):
    start = time.perf_counter()
    theirs = [int(n) for n in con.execute(query).fetchone()]
    peer.append(time.perf_counter() - start)
lines = con.execute("SELECT count(*) FROM lines").fetchone()[0]
con.close()
ours = json.loads(subprocess.run([measure, "sale", workspace, str(repeats)], check=True, capture_output=True).stdout)
equal = ours["totals"] == theirs
own = statistics.median(ours["seconds"])
ratio = own / statistics.median(peer)
print(f"replay of {lines:,} lines: cartwright {own:.3f} s, DuckDB {statistics.median(peer):.3f} s, ratio {ratio:.3f} "
      f"(goal 1.0) {'holds' if ratio <= 1.0 else 'MISSED'}; totals {'equal' if equal else 'DIFFER'}")
print(f"with budgets and limited stock, one order after the other: {statistics.median(ours['in_order']):.3f} s; "
      f"past sales of the shop: {statistics.median(ours['lift']):.3f} s")
if not equal:
    sys.exit(f"{ours['totals']}\n{theirs}")
