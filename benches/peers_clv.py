#!/usr/bin/env python3
"""Compares the BG/NBD fit of Cartwright with that of `lifetimes` on the histories of one order file, in one run.

    peers_clv.py ORDERS.csv MEASURE_BINARY [REPEATS]

ORDERS.csv has the columns of `peers.py`; with the generator's million customers this is the size the ratio is meant
for. Build the binary with `cargo build --release --example measure`. Needs the Python packages duckdb, pandas and
lifetimes; says so and stops without them. Both fit the same histories: frequency, recency and T in whole days, orders
of one day counted once, up to the last day of the file. Absolute times say little on a shared machine; the two are run
in turn, and the medians are divided.
"""
import json, os, statistics, subprocess, sys, tempfile, time, warnings

csv, measure = sys.argv[1:3]
repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 3
if not os.path.exists(csv):
    sys.exit(f"skipped: {csv} is not there")
try:
    import duckdb
    from lifetimes import BetaGeoFitter
except ImportError as missing:
    sys.exit(f"skipped: {missing}")
warnings.simplefilter("ignore")

con = duckdb.connect(config={"threads": 2})
histories = con.execute(f"""WITH d AS (SELECT DISTINCT customer_id cid, created_at::TIMESTAMP::DATE placed
  FROM read_csv('{csv}', header=true) WHERE total IS NOT NULL), s AS (SELECT max(placed) newest FROM d)
 SELECT count(*) - 1 frequency, max(placed) - min(placed) recency, any_value(newest) - min(placed) AS T FROM d, s GROUP BY cid""").df()
table = os.path.join(tempfile.mkdtemp(prefix="peers-clv-"), "summary.csv")
histories.to_csv(table, index=False)

own, peer = [], []
for _ in range(repeats):
    start = time.perf_counter()
    theirs = BetaGeoFitter().fit(histories["frequency"], histories["recency"], histories["T"])
    peer.append(time.perf_counter() - start)
    ours = json.loads(subprocess.run([measure, "clv", table, "3"], check=True, capture_output=True).stdout)
    own.extend(ours["fit"][1:])
os.remove(table)
for letter, value in zip(("r", "alpha", "a", "b"), ours["r_alpha_a_b"]):
    print(f"{letter}: cartwright {value:.6f}, lifetimes {theirs.params_[letter]:.6f}")
times = statistics.median(peer) / statistics.median(own)
print(f"BG/NBD fit of {len(histories):,} customers: cartwright {statistics.median(own):.3f} s, lifetimes "
      f"{statistics.median(peer):.1f} s, {times:.0f} times as fast (goal 50) {'holds' if times >= 50 else 'MISSED'}")
