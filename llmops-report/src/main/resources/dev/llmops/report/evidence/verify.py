#!/usr/bin/env python3
"""Recomputes the numbers and line verdicts of an evidence pack from its sums, without the library: python3 verify.py [folder]"""
import hashlib, json, os, sys
from collections import Counter
from math import exp, inf, log, nan, sqrt
ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
read = lambda name: open(os.path.join(ROOT, name), "rb").read()
manifest, policy, evidence, at, decision, metrics, votes = (json.loads(read(name + ".json")) for name in (
    "manifest", "policy", "evidence", "situation", "decision", "metrics", "feedback"))
SUMS = {(row["stage"], row["series"], row["arm"]): (row["n"], row["bad"], row.get("sum_nanos", 0), int(row.get("squares", 0)))
        for row in evidence["sums"]}
NONE, ALL, ALPHA, TEST_ALPHA = (0, 0, 0, 0), {key[0] for key in SUMS}, policy["alpha"], policy["alpha"] / policy["tests"]
STAGES = [s for s in policy["stages"] if s["arms"].get("candidate", 0) > 0 and s["reference"] in s["arms"]]
RISES, FALLS, PAIRS = (1.25, 1.5, 2, 3, 4, 8, 16), (.9, .8, .7, .6, .5, .4, .3, .2, .1), (1.2, 1.5, 2, 3, 5, 8)
WRONG, CHECKED = [], Counter()
def check(where, printed, own):
    CHECKED[where.split()[0]] += 1
    a, b = (float(x) if isinstance(own, (int, float)) else x for x in (printed, own))
    if not (a == b or a != a and b != b or isinstance(a, float) and abs(a - b) <= 1e-7 * max(abs(b), 1e-12)):
        WRONG.append(f"{where}: printed {printed}, recomputed {own}")
def add(rows): return [sum(column) for column in zip(NONE, *rows)]
def total(series, arm, stages): return add(SUMS.get((stage, series, arm), NONE) for stage in stages)
def binary(n, bad, x, xx): return (n, bad / n if n else nan, bad / n * (1 - bad / n) * n / (n - 1) if n > 1 else 0)
def moments(n, bad, x, xx): return (n, x * 1e-9 / max(n, 1), max(0, (n * xx - x * x) / (n * (n - 1)) * 1e-18) if n > 1 else 0)
def log_mean(logs): return max(logs) + log(sum(exp(v - max(logs)) for v in logs) / len(logs)) if max(logs) > -inf else -inf
def odds(theta, p): return theta * p / (theta * p + 1 - p)
def grid(splits, r, steps):
    return log_mean([sum(c * log(odds(r * s, p) / odds(r, p)) + b * log((1 - odds(r * s, p)) / (1 - odds(r, p)))
                         for p, c, b in splits if c + b) for s in steps])
def splits(series):
    return [(s["arms"]["candidate"] / (s["arms"]["candidate"] + s["arms"][s["reference"]]), total(series, "candidate", [s["name"]])[1],
             total(series, s["reference"], [s["name"]])[1]) for s in STAGES]
def edge(series, excess, limit):
    rejected, kept, steps = (-log(1e4), log(1e4), RISES) if excess else (log(1e4), -log(1e4), FALLS)
    if grid(splits(series), exp(rejected), steps) < limit: return 0 if excess else inf
    for _ in range(32):
        middle = (rejected + kept) / 2
        rejected, kept = (middle, kept) if grid(splits(series), exp(middle), steps) >= limit else (rejected, middle)
    return exp(kept)
def mean_interval(series, sample, rho, alpha):
    n = top = weights = 0
    for s in STAGES:
        c, r = (sample(*total(series, arm, [s["name"]])) for arm in ("candidate", s["reference"]))
        if min(c[0], r[0]) < 100: continue
        spread = [(m[2] + max(abs(m[1]), 1e-12) ** 2 / m[0] ** 2) / m[0] for m in (c, r)]
        v = spread[0] + rho * rho * spread[1]
        n, top, weights = n + c[0] + r[0], top + (c[1] - rho * r[1]) / v, weights + 1 / v
    if n == 0: return -inf, inf
    narrow = (-2 * log(2 * alpha) + log(-2 * log(2 * alpha) + 1)) / 5000
    half = sqrt(n / weights) * sqrt(2 * (n * narrow + 1) / (n * n * narrow) * log(sqrt(n * narrow + 1) / (2 * alpha)))
    return top / weights - half, top / weights + half
def quantile(metric, arm, q):
    counts = Counter()
    for (_, series, a), row in SUMS.items():
        if a == arm and series.startswith(metric + "/bucket/"): counts[int(series.rsplit("/", 1)[1])] += row[0]
    left = q * sum(counts.values())
    for b in sorted(counts):
        if left <= counts[b]: return 2 ** (b / 8) + left / counts[b] * (2 ** ((b + 1) / 8) - 2 ** (b / 8))
        left -= counts[b]
    return nan
def evidence_of(rule, side):
    metric, ratio = rule["metric"], (rule[side] or {}).get("ratio")
    if ratio is None: return -inf
    if rule["kind"] == "rate": return grid(splits(metric), ratio, RISES)
    parts = [f"{metric}/{side}"] if rule["kind"] == "quantile" else [f"{metric}/q{i}/{side}" for i in range(3)]
    return log_mean([grid(splits(part), 1, RISES) for part in parts])
def breached(rule, side):
    limit, metric = rule[side], rule["metric"]
    if limit is None or evidence_of(rule, side) >= -log(TEST_ALPHA): return limit is not None
    if rule["kind"] == "mean" and limit["ratio"]: return mean_interval(metric, moments, limit["ratio"], TEST_ALPHA)[0] > 0
    return limit["points"] is not None and mean_interval(metric, binary, 1, TEST_ALPHA)[0] > limit["points"]
def proved(rule, side):
    metric, kind, ratio, points, parts = rule["metric"], rule["kind"], rule[side]["ratio"], rule[side]["points"], []
    if ratio and kind == "mean": parts.append(mean_interval(metric, moments, ratio, ALPHA)[1] < 0)
    elif ratio: parts.append(grid(splits(metric if kind == "rate" else f"{metric}/{side}"), ratio if kind == "rate" else 1, FALLS) >= -log(ALPHA))
    if points is not None: parts.append(mean_interval(metric, binary, 1, ALPHA)[1] < points)
    return bool(parts) and all(parts)
for rule, line in zip(policy["metrics"], decision["lines"]):
    metric, kind, side = rule["metric"], rule["kind"], "pause" if rule["pause"] else "roll_back"
    series, sample, other = f"{metric}/{side}" if kind == "quantile" else metric, moments if kind == "mean" else binary, STAGES[0]["reference"] if STAGES else "baseline"
    c, r = total(series, "candidate", [s["name"] for s in STAGES]), add(SUMS.get((s["name"], series, s["reference"]), NONE) for s in STAGES)
    value, control = (quantile(metric, arm, rule["quantile"]) if kind == "quantile" else sample(*x)[1] if x[0] else nan for x, arm in ((c, "candidate"), (r, other)))
    mean, bounds = moments(*r)[1], [edge(series, excess, -log(TEST_ALPHA)) for excess in (True, False)] if kind != "mean" else [0, inf]
    if kind == "mean" and mean: bounds = [max(b, 1 + x / mean) for b, x in zip((0, -inf), mean_interval(series, moments, 1, TEST_ALPHA))]
    worse, better = total(metric + "/pairs", "shadow", ALL)[1], sum(total(metric + "/pairs", arm, ALL)[1] for arm in ("baseline", "control", "holdback"))
    pairs = grid([(.5, worse, better)], 1, PAIRS) if rule["paired"] and worse + better else -inf
    log_e = max(pairs, evidence_of(rule, "pause"), evidence_of(rule, "roll_back"))
    trusted = not rule["card_required"] or at["judges"].get(metric, {}).get("certified", False)
    verdict = "ROLL_BACK" if (c[1] >= rule["min_bad"] or kind == "mean") and breached(rule, "roll_back") else \
        "PAUSE" if breached(rule, "pause") or pairs >= -log(TEST_ALPHA) else "NO_DATA" if not c[0] else "PASS" if trusted and proved(rule, side) else "UNDECIDED"
    for name, own in dict(value=value, control=control, ratio=value / control if control else nan, lower=bounds[0], upper=bounds[1], n=c[0], bad=c[1],
                          e=exp(log_e) if log_e > -inf else 0, limit=1 / TEST_ALPHA, verdict=verdict).items(): check(f"decision {metric} {name}", line[name], own)
    for arm, printed in metrics[metric].items():
        x = total(metric, arm, ALL)
        own = dict(n=x[0], bad=x[1], bad_ratio=binary(*x)[1], mean=moments(*x)[1], **{f"p{p}_ms": quantile(metric, arm, p / 100) for p in (50, 95, 99)})
        for name in printed: check(f"metrics {metric} {arm} {name}", printed[name], own[name])
for arm, printed in decision["units"].items(): check(f"decision units {arm}", printed, total("units/pairs" if arm == "shadow" else "units", arm, [decision["stage"]])[0])
for verdict, own in Counter(json.loads(line)["verdict"] for line in read("feedback.jsonl").splitlines()).items(): check(f"feedback {verdict}", votes[verdict], own)
for name, printed in manifest["files"].items(): check(f"digest {name}", printed["sha256"], hashlib.sha256(read(name)).hexdigest())
print(*WRONG, f"{sum(CHECKED.values())} numbers recomputed, {len(WRONG)} differ", sep="\n"), sys.exit(1 if WRONG else 0)
