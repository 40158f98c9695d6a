#!/usr/bin/env python3
"""Compares analyses of one test with gbstats, the statistics of GrowthBook, in one run.

    peers_experiment.py MEASURE_BINARY [COUNT]

Build the binary with `cargo build --release --example measure`. Needs the Python package gbstats 0.8.0; says so and stops
without it. The test is the men's part of Hillstrom's e-mail test: visit, conversion and spend against no e-mail. Ours is the
whole analysis: fixed, always-valid and Bayesian (shares exactly, by their Beta posteriors), checks and verdicts in words.
Theirs is timed as GrowthBook calls it (`process_experiment_results`, the same three engines) and by its bare classes (nine
results, without tables). Lifts, their errors and always-valid intervals must be equal to 1e-9 of themselves.
"""
import json, os, statistics, subprocess, sys, time, warnings

measure = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
if not os.path.exists(measure):
    sys.exit(f"skipped: {measure} is not there")
warnings.simplefilter("ignore")
try:
    from gbstats.bayesian.tests import EffectBayesianABTest, EffectBayesianConfig
    from gbstats.frequentist.tests import FrequentistConfig, SequentialConfig, SequentialTwoSidedTTest, TwoSidedTTest
    from gbstats.gbstats import process_experiment_results
    from gbstats.models.statistics import ProportionStatistic, SampleMeanStatistic
except ImportError as missing:
    sys.exit(f"skipped: {missing}")

USERS = [21_306, 21_307]
SHARES = {"visit": [2_262, 3_894], "conversion": [122, 267]}
SPEND = [(13_908.33, 2_870_050.3621), (30_311.69, 6_759_024.4973)]

def statistic(metric, arm):
    if metric in SHARES:
        return ProportionStatistic(n=USERS[arm], sum=SHARES[metric][arm])
    return SampleMeanStatistic(n=USERS[arm], sum=SPEND[arm][0], sum_squares=SPEND[arm][1])

def bare():
    found = []
    for metric in ("visit", "conversion", "spend"):
        a, b = statistic(metric, 0), statistic(metric, 1)
        bayes = EffectBayesianABTest(a, b, EffectBayesianConfig(difference_type="relative")).compute_result()
        TwoSidedTTest(a, b, FrequentistConfig(difference_type="relative")).compute_result()
        found.append((bayes, SequentialTwoSidedTTest(a, b, SequentialConfig(difference_type="relative")).compute_result()))
    return found

def settings(metric):
    kind = "binomial" if metric in SHARES else "count"
    return {"id": metric, "name": metric, "statistic_type": "mean", "main_metric_type": kind}

def row(arm):
    cells = {"dimension": "", "variation": str(arm), "users": USERS[arm], "count": USERS[arm]}
    for i, metric in enumerate(("visit", "conversion", "spend")):
        total, squares = (SHARES[metric][arm],) * 2 if metric in SHARES else SPEND[arm]
        cells |= {f"m{i}_id": metric, f"m{i}_count": USERS[arm], f"m{i}_main_sum": total, f"m{i}_main_sum_squares": squares}
    return cells

arms = {"var_names": ["No e-mail", "Men"], "var_ids": ["0", "1"], "weights": [0.5, 0.5]}
engines = [{"stats_engine": "bayesian"}, {"stats_engine": "frequentist"},
           {"stats_engine": "frequentist", "sequential_testing_enabled": True}]
data = {
    "metrics": {metric: settings(metric) for metric in ("visit", "conversion", "spend")},
    "analyses": [arms | engine for engine in engines],
    "query_results": [{"rows": [row(0), row(1)], "metrics": ["visit", "conversion", "spend"], "sql": ""}],
}

def timed(work, seconds):
    work()
    times, until = [], time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < until:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)

called, classes = timed(lambda: process_experiment_results(data), 15), timed(bare, 10)
ours = json.loads(subprocess.run([measure, "experiment", str(count)], check=True, capture_output=True).stdout)
each = ours["seconds"] / ours["analyses"]
print(f"{count:,} analyses of three metrics: cartwright {ours['seconds']:.2f} s ({each * 1e6:.0f} µs each; of spend alone "
      f"{ours['of_spend'] / count * 1e6:.1f} µs)")
for name, peer, goal in (("as GrowthBook calls it", called, 500), ("bare classes", classes, None)):
    ratio = peer / each
    holds = "" if goal is None else f" (goal {goal}) {'holds' if ratio >= goal else 'MISSED'}"
    print(f"gbstats 0.8.0, {name}: {peer * 1e3:.2f} ms each, {peer * count:.0f} s for as many; {ratio:.0f}× faster{holds}")
for (bayes, sequential), figure in zip(bare(), ours["figures"]):
    theirs = [bayes.expected, bayes.uplift.stddev, *sequential.ci]
    mine = [figure["lift"], figure["error"], figure["always"]["low"], figure["always"]["high"]]
    worst = max(abs(m / t - 1) for m, t in zip(mine, theirs))
    if worst > 1e-9:
        sys.exit(f"figures DIFFER by {worst}: {mine} {theirs}")
print("lifts, errors and always-valid intervals equal")
