#!/usr/bin/env python3
"""Compares the Markov attribution of a million journeys with ChannelAttribution, in one run.

    peers_attribution.py MEASURE_BINARY [JOURNEYS]

Build the binary with `cargo build --release --example measure`. Needs the Python package ChannelAttribution (2.2.5 and its
pandas); says so and stops without it. The journeys are drawn from a planted chain over twelve channels, with a seed, one row
each. Both get the same order (1) and the same file. Theirs (`markov_model`) counts the moves and then simulates journeys,
round after round, until the shares change by less than `conv_par` (0.05 as it comes); ours solves the chain and computes all
eight models besides. Theirs is timed with its table in memory already and with reading it; ours always reads the file.
Removal effects must agree within 0.03 plus a tenth of themselves, which is what a `conv_par` of 0.05 leaves open.
"""
import contextlib, importlib.metadata, io, json, os, random, statistics, subprocess, sys, tempfile, time

measure = sys.argv[1]
journeys = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
if not os.path.exists(measure):
    sys.exit(f"skipped: {measure} is not there")
try:
    import pandas
    import ChannelAttribution
except ImportError as missing:
    sys.exit(f"skipped: {missing}")

CHANNELS = ["Paid search", "Paid social", "Display", "Affiliates", "Influencers", "Organic search", "Organic social", "E-mail",
            "SMS", "Push", "Referral", "Direct"]
chance = random.Random(7)
weights = [[chance.random() ** 2 for _ in CHANNELS] for _ in CHANNELS]
begin = [chance.random() for _ in CHANNELS]
ends = [(0.03 + 0.12 * chance.random(), 0.35 + 0.2 * chance.random()) for _ in CHANNELS]

def journey():
    at = chance.choices(range(12), begin)[0]
    steps = [at]
    while True:
        bought, left = ends[at]
        draw = chance.random()
        if draw < bought + left:
            return steps, draw < bought
        at = chance.choices(range(12), weights[at])[0]
        steps.append(at)

folder = tempfile.mkdtemp()
file = os.path.join(folder, "paths.csv")
with open(file, "w") as out:
    out.write("path,conversions,value,nulls\n")
    for _ in range(journeys):
        steps, bought = journey()
        value = round(chance.lognormvariate(4, 0.6), 2) if bought else 0
        out.write(f"{' > '.join(CHANNELS[at] for at in steps)},{int(bought)},{value},{int(not bought)}\n")

def theirs(table):
    with contextlib.redirect_stdout(io.StringIO()):
        return ChannelAttribution.markov_model(table, "path", "conversions", "value", "nulls", order=1, out_more=True,
                                               seed=1234567)

def timed(work, times=3):
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), found

table = pandas.read_csv(file)
model, result = timed(lambda: theirs(table))
whole, _ = timed(lambda: theirs(pandas.read_csv(file)))
ours = json.loads(subprocess.run([measure, "attribution", file], check=True, capture_output=True).stdout)
mine = statistics.median(ours["seconds_to_read"]) + statistics.median(ours["seconds"])
print(f"{journeys:,} journeys: cartwright reads them in {statistics.median(ours['seconds_to_read']):.2f} s and shares out by "
      f"all models in {statistics.median(ours['seconds']):.2f} s; with {ours['resamples']} drawings for intervals in "
      f"{ours['seconds_with_intervals']:.1f} s")
for name, peer in (("with reading", whole), ("table in memory already", model)):
    print(f"ChannelAttribution {importlib.metadata.version('ChannelAttribution')} {name}: {peer:.2f} s; ratio {mine / peer:.2f} "
          f"(goal 1.0) {'holds' if mine <= peer else 'MISSED'}")
removal = result["removal_effects"] if isinstance(result, dict) else result[2]
worst = 0.0
for channel, effect in zip(removal["channel_name"], removal["removal_effects_conversion"]):
    gap = abs(ours["removal"][channel] - effect)
    worst = max(worst, gap)
    if gap > 0.03 + 0.1 * ours["removal"][channel]:
        sys.exit(f"figures DIFFER: {channel} {ours['removal'][channel]} here, {effect} there")
print(f"removal effects agree, the farthest by {worst:.4f}")
os.remove(file)
os.rmdir(folder)
