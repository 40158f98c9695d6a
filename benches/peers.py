#!/usr/bin/env python3
"""Compares Cartwright with the sqlite3 shell and DuckDB on one order file, in one run, and prints ratios.

    peers.py ORDERS.csv CARTWRIGHT_BINARY MEASURE_BINARY [REPEATS]

ORDERS.csv has the columns order_id,created_at,customer_id,email,currency,sku,qty,unit_price,discount,shipping,total
(one row per order line, order-level amounts on the first line of an order only). Build the binaries with
`cargo build --release --example measure`. Needs the sqlite3 shell and the Python package duckdb. Absolute times say
little on a shared machine; each pair is run in turn, and the medians are divided.
"""
import json, os, statistics, subprocess, sys, tempfile, time

csv, cartwright, measure = sys.argv[1:4]
repeats = int(sys.argv[4]) if len(sys.argv) > 4 else 3
folder = tempfile.mkdtemp(prefix="peers-", dir=os.path.dirname(os.path.abspath(csv)))
ours, theirs = f"{folder}/ours.cartwright", f"{folder}/theirs.sqlite"


def child(command, stdin=None):
    """Wall seconds, peak memory in MB and output of a process."""
    start = time.perf_counter()
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if stdin:
        p.stdin.write(stdin.encode())
    p.stdin.close()
    out, err = p.stdout.read(), p.stderr.read()
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = status
    if status:
        sys.exit(f"{command}: {err.decode()}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, out.decode()


def remove(path):
    for suffix in ("", "-wal", "-shm", "-journal", "-lock"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)


def report(name, own, peer, peer_name, limit):
    ratio = statistics.median(own) / statistics.median(peer)
    verdict = "holds" if ratio <= limit else "MISSED"
    print(f"{name}: cartwright {statistics.median(own):.2f} s, {peer_name} {statistics.median(peer):.2f} s, "
          f"ratio {ratio:.2f} (goal {limit}) {verdict}", flush=True)


IMPORT = f"""CREATE TABLE lines(order_id INTEGER, created_at TEXT, customer_id INTEGER, email TEXT, currency TEXT, sku TEXT,
 qty INTEGER, unit_price REAL, discount REAL, shipping REAL, total REAL);
.import --csv --skip 1 {csv} lines
CREATE INDEX lines_order ON lines(order_id);
"""
own, peer, peak = [], [], 0
for _ in range(repeats):
    remove(theirs)
    peer.append(child(["sqlite3", theirs], IMPORT)[0])
    remove(ours)
    seconds, memory, out = child([cartwright, "import", ours, csv, "--as", "lines", "--json"])
    own.append(seconds)
    peak = max(peak, memory)
done = json.loads(out)
assert done["rows"] == done["accepted"] + done["rejected"] + done["skipped"], done
report("import", own, peer, "sqlite3 .import + index", 0.6)
print(f"import: peak {peak:.0f} MB (goal 512) {'holds' if peak <= 512 else 'MISSED'}")

# The columns that the dataset reads, summed by the sqlite3 shell on the same file.
SUMS = """SELECT count(*), sum(id), sum(customer_id), sum(placed_at), sum(status), sum(flags), sum(currency), sum(channel),
 sum(discount), sum(shipping), sum(tax), sum(total) FROM orders;
SELECT count(*), total(id), sum(product_id), sum(quantity), sum(amount), sum(discount) FROM line;
SELECT count(*), sum(id), sum(created_at), sum(country), sum(merged_into) FROM customer;
"""
own, peer = [], []
for _ in range(repeats + 2):
    peer.append(child(["sqlite3", "-readonly", ours], SUMS)[0])
    seconds, _, out = child([measure, "load", ours])
    own.append(seconds)
loaded = json.loads(out)
report("open to a ready dataset", own[1:], peer[1:], "sqlite3 sums", 1.5)
print(f"dataset: {loaded['bytes'] / 1e6:.0f} MB for {loaded['orders']:,} orders and {loaded['lines']:,} lines (goal 700)")

import duckdb

con = duckdb.connect()
con.execute("SET threads=2")
con.execute(f"""CREATE TABLE orders AS SELECT order_id, customer_id, created_at, total FROM read_csv('{csv}', header=true,
 columns={{'order_id':'BIGINT','created_at':'TIMESTAMP','customer_id':'BIGINT','email':'VARCHAR','currency':'VARCHAR',
 'sku':'VARCHAR','qty':'INTEGER','unit_price':'DOUBLE','discount':'DOUBLE','shipping':'DOUBLE','total':'DOUBLE'}})
 WHERE total IS NOT NULL""")
RFM = """WITH c AS (SELECT customer_id cid, max(created_at) l, count(*) freq, sum(total) mon FROM orders GROUP BY 1),
 s AS (SELECT max(l)::DATE snap FROM c),
 n AS (SELECT freq, mon, ntile(5) OVER (ORDER BY date_diff('day', l::DATE, snap) DESC, cid) r,
   ntile(5) OVER (ORDER BY freq, cid) f, ntile(5) OVER (ORDER BY round(mon*100), cid) m FROM c, s)
 SELECT CASE WHEN r>=4 AND f>=4 AND m>=4 THEN 'Champions' WHEN r>=3 AND f>=4 THEN 'Loyal' WHEN r>=4 AND f<=2 THEN 'New'
   WHEN r<=2 AND f>=3 THEN 'At risk' ELSE 'Others' END seg, count(*), sum(freq), sum(mon) FROM n GROUP BY 1"""
SEGMENTS = """WITH s AS (SELECT max(created_at)::DATE snap FROM orders),
 c AS (SELECT customer_id, min(created_at)::DATE a, max(created_at)::DATE l, sum(total) ltv,
   count(*) FILTER (WHERE created_at::DATE > snap - 365) n, sum(total) FILTER (WHERE created_at::DATE > snap - 365) v
   FROM orders, s GROUP BY 1)
 SELECT CASE WHEN snap - a < 90 THEN 'New' WHEN n >= 5 AND snap - l < 120 THEN 'VIP' WHEN n >= 2 THEN 'Regular'
   ELSE 'Occasional' END seg, count(*), sum(v), sum(v) / sum(n), sum(n) / count(*), avg(ltv) FROM c, s GROUP BY 1"""
own, peer = [], []
for _ in range(repeats + 2):
    start = time.perf_counter()
    groups = con.execute(RFM).fetchall()
    con.execute(SEGMENTS).fetchall()
    peer.append(time.perf_counter() - start)
    result = json.loads(child([measure, "analyse", ours, "5"])[2])
    own.extend(result["seconds"][1:])
# Groups differ in how NTILE splits equal frequencies (by customer id there, by first order here); customers do not.
assert sum(row[1] for row in groups) == sum(n for _, n in result["groups"]), (groups, result["groups"])
report("RFM and five segments", own, peer[1:], "DuckDB 2 threads", 0.2)
for path in (ours, theirs):
    remove(path)
os.rmdir(folder)
