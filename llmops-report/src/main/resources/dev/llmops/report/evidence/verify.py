#!/usr/bin/env python3
"""Recomputes the numbers and line verdicts of an evidence pack from its sums, without the library: python3 verify.py [folder]"""
import hashlib, json, os, sys
from collections import Counter
from math import ceil, exp, inf, lgamma, log, nan, sqrt
ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
read = lambda name: open(os.path.join(ROOT, name), "rb").read()
manifest, policy, evidence, at, decision, metrics, votes = (
    json.loads(read(name + ".json")) for name in "manifest policy evidence situation decision metrics feedback".split())
SUMS = {(r["stage"], r["series"], r["arm"]): (r["n"], r["bad"], r.get("sum_nanos", 0), int(r.get("squares", 0))) for r in evidence["sums"]}
NONE, ALL, ALPHA, TEST_ALPHA = (0, 0, 0, 0), {key[0] for key in SUMS}, policy["alpha"], policy["alpha"] / policy["tests"]
STAGES = [s for s in policy["stages"] if s["arms"].get("candidate", 0) > 0 and s["reference"] in s["arms"]]
RISES, FALLS, PAIRS = (1.25, 1.5, 2, 3, 4, 8, 16), (.9, .8, .7, .6, .5, .4, .3, .2, .1), (1.2, 1.5, 2, 3, 5, 8)
CHECKED = []
def check(where, printed, own):
    a, b = (float(x) if isinstance(own, (int, float)) else x for x in (printed, own))
    same = a == b or a != a and b != b or isinstance(a, float) and abs(a - b) <= 1e-7 * max(abs(b), 1e-12)
    CHECKED.append("" if same else f"{where}: printed {printed}, recomputed {own}")
def total(series, arm, stages): return [sum(column) for column in zip(NONE, *(SUMS.get((stage, series, arm), NONE) for stage in stages))]
def binary(n, bad, x, xx): return (n, bad / n if n else nan, bad / n * (1 - bad / n) * n / (n - 1) + 1 / n if n > 1 else 1 / max(n, 1))
def moments(n, bad, x, xx): return (n, x * 1e-9 / max(n, 1), max(0, (n * xx - x * x) / (n * (n - 1)) * 1e-18) if n > 1 else 0)
def log_mean(logs): return max(logs) + log(sum(exp(v - max(logs)) for v in logs) / len(logs)) if max(logs) > -inf else -inf
def odds(theta, p): return theta * p / (theta * p + 1 - p)
def grid(splits, r, steps): return log_mean([sum(c * log(odds(r * s, p) / odds(r, p)) + b * log((1 - odds(r * s, p)) / (1 - odds(r, p)))
                                                 for p, c, b in splits if c + b) for s in steps])
def splits(series):
    return [(s["arms"]["candidate"] / (s["arms"]["candidate"] + s["arms"][s["reference"]]), total(series, "candidate", [s["name"]])[1],
             total(series, s["reference"], [s["name"]])[1]) for s in STAGES]
def edge(series, excess, limit):
    rejected, kept, steps = (-log(1e4), log(1e4), RISES) if excess else (log(1e4), -log(1e4), FALLS)
    rejects = lambda ratio: grid(splits(series), exp(ratio), steps) >= limit
    if not rejects(rejected): return 0 if excess else inf
    for middle in ((rejected + kept) / 2 for _ in range(32)): rejected, kept = (middle, kept) if rejects(middle) else (rejected, middle)
    return exp(kept)
def mean_interval(series, sample, rho, alpha):
    n = top = weights = 0
    for s in STAGES:
        c, r = (sample(*total(series, arm, [s["name"]])) for arm in ("candidate", s["reference"]))
        if min(c[0], r[0]) < 100: continue
        v = sum(scale * (m[2] + max(abs(m[1]), 1e-12) ** 2 / m[0] ** 2) / m[0] for m, scale in ((c, 1), (r, rho * rho)))
        n, top, weights = n + c[0] + r[0], top + (c[1] - rho * r[1]) / v, weights + 1 / v
    narrow = (-2 * log(2 * alpha) + log(-2 * log(2 * alpha) + 1)) / 5000
    half = 0 if n == 0 else sqrt(n / weights) * sqrt(2 * (n * narrow + 1) / (n * n * narrow) * log(sqrt(n * narrow + 1) / (2 * alpha)))
    return (top / weights - half, top / weights + half) if n else (-inf, inf)
def buckets(metric, arm):
    return sum((Counter({int(s.rsplit("/", 1)[1]): SUMS[stage, s, a][0]}) for stage, s, a in SUMS if s.startswith(metric + "/bucket/") and a == arm), Counter())
def quantile(metric, arm, q):
    left, counts = q * sum(buckets(metric, arm).values()), buckets(metric, arm)
    for b in sorted(counts):
        if left <= counts[b]: return 2 ** (b / 8) + left / counts[b] * (2 ** ((b + 1) / 8) - 2 ** (b / 8))
        left -= counts[b]
    return nan
def at_least(k, n, p): # the probability of k or more of n events, without terms far from the mean
    return p if p in (0, 1) else sum(exp(lgamma(n + 1) - lgamma(j + 1) - lgamma(n - j + 1) + j * log(p) + (n - j) * log(1 - p))
                                     for j in range(max(k, int(n * p - 5 * sqrt(n))), min(n, int(n * p + 5 * sqrt(n))) + 1))
def resampled(counts, q):
    n, steps = sum(counts.values()), sorted(counts)
    below = [at_least(max(1, ceil(q * n)), n, sum(counts[b] for b in steps[:i]) / max(n, 1)) for i in range(len(steps) + 1)]
    return {b: high - low for b, low, high in zip(steps, below, below[1:])}
def quantile_interval(metric, q, reference, alpha):
    mass, other = Counter(), resampled(buckets(metric, reference), q)
    for b, x in resampled(buckets(metric, "candidate"), q).items(): mass.update({b - d: x * y for d, y in other.items()})
    tail = lambda steps: next(steps[i] for i in range(len(steps)) if sum(mass[d] for d in steps[:i + 1]) > alpha)
    return [2 ** ((tail(sorted(mass)) - 1) / 8), 2 ** ((tail(sorted(mass)[::-1]) + 1) / 8)] if mass else [0, inf]
def evidence_of(rule, side):
    metric, ratio = rule["metric"], (rule[side] or {}).get("ratio")
    parts = dict(rate=[metric], quantile=[f"{metric}/{side}"], mean=[f"{metric}/q{i}/{side}" for i in range(3)])[rule["kind"]]
    return -inf if ratio is None else log_mean([grid(splits(part), ratio if rule["kind"] == "rate" else 1, RISES) for part in parts])
def breached(rule, side):
    limit, metric = rule[side], rule["metric"]
    if limit is None or evidence_of(rule, side) >= -log(TEST_ALPHA): return limit is not None
    if rule["kind"] == "mean" and limit["ratio"]: return mean_interval(metric, moments, limit["ratio"], TEST_ALPHA)[0] > 0
    return limit["points"] is not None and mean_interval(metric, binary, 1, TEST_ALPHA)[0] > limit["points"]
def proved(rule, side):
    metric, kind, ratio, points = rule["metric"], rule["kind"], rule[side]["ratio"], rule[side]["points"]
    below = lambda series, at: grid(splits(series), at, FALLS) >= -log(ALPHA)
    by_ratio = dict(rate=lambda: below(metric, ratio), quantile=lambda: below(f"{metric}/{side}", 1), mean=lambda: mean_interval(metric, moments, ratio, ALPHA)[1] < 0)
    return bool(ratio or points is not None) and (not ratio or by_ratio[kind]()) and (points is None or mean_interval(metric, binary, 1, ALPHA)[1] < points)
for rule, line in zip(policy["metrics"], decision["lines"]):
    metric, kind, side = rule["metric"], rule["kind"], "pause" if rule["pause"] else "roll_back"
    series, sample, other = f"{metric}/{side}" if kind == "quantile" else metric, moments if kind == "mean" else binary, STAGES[0]["reference"] if STAGES else "baseline"
    c, r = ([sum(column) for column in zip(NONE, *(total(series, arm or s["reference"], [s["name"]]) for s in STAGES))] for arm in ("candidate", None))
    value, control = (quantile(metric, arm, rule["quantile"]) if kind == "quantile" else sample(*x)[1] if x[0] else nan for x, arm in ((c, "candidate"), (r, other)))
    mean, bounds = moments(*r)[1], [edge(series, excess, -log(TEST_ALPHA)) for excess in (True, False)] if kind == "rate" else [0, inf]
    if kind == "quantile": bounds = quantile_interval(metric, rule["quantile"], other, .025)
    if kind == "mean" and mean: bounds = [max(b, 1 + x / mean) for b, x in zip((0, -inf), mean_interval(series, moments, 1, TEST_ALPHA))]
    worse, better = total(metric + "/pairs", "shadow", ALL)[1], sum(total(metric + "/pairs", arm, ALL)[1] for arm in ("baseline", "control", "holdback"))
    pairs = grid([(.5, worse, better)], 1, PAIRS) if rule["paired"] and worse + better else -inf
    log_e, trusted = max(pairs, evidence_of(rule, "pause"), evidence_of(rule, "roll_back")), not rule["card_required"] or at["judges"].get(metric, {}).get("certified", False)
    verdict = "ROLL_BACK" if (c[1] >= rule["min_bad"] or kind == "mean") and breached(rule, "roll_back") else \
        "PAUSE" if breached(rule, "pause") or pairs >= -log(TEST_ALPHA) else "NO_DATA" if not c[0] else "PASS" if trusted and proved(rule, side) else "UNDECIDED"
    for name, own in dict(value=value, control=control, ratio=value / control if control else nan, lower=bounds[0], upper=bounds[1], n=c[0], bad=c[1],
                          e=exp(min(log_e, 700)) if log_e > -inf else 0, limit=1 / TEST_ALPHA, verdict=verdict).items(): check(f"decision {metric} {name}", line[name], own)
    for arm, printed in metrics[metric].items():
        own = dict(n=(x := total(metric, arm, ALL))[0], bad=x[1], bad_ratio=binary(*x)[1], mean=moments(*x)[1], **{f"p{p}_ms": quantile(metric, arm, p / 100) for p in (50, 95, 99)})
        for name in printed: check(f"metrics {metric} {arm} {name}", printed[name], own[name])
for arm, printed in decision["units"].items(): check(f"decision units {arm}", printed, total("units/pairs" if arm == "shadow" else "units", arm, [decision["stage"]])[0])
for verdict, own in Counter(json.loads(line)["verdict"] for line in read("feedback.jsonl").splitlines()).items(): check(f"feedback {verdict}", votes[verdict], own)
for name, printed in manifest["files"].items(): check(f"digest {name}", printed["sha256"], hashlib.sha256(read(name)).hexdigest())
print(*filter(None, CHECKED), f"{len(CHECKED)} numbers recomputed, {sum(map(bool, CHECKED))} differ", sep="\n"), sys.exit(1 if any(CHECKED) else 0)
