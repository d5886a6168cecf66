package dev.llmops.release.simulation;

import dev.llmops.release.evidence.CacheTerms;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A simulated service: requests that come one a second, a candidate that is equal to the baseline or worse in one respect,
 * and one of the circumstances that fool a naive gate.
 */
final class World {

    /** Requests in each of the three stages. */
    static final int STAGE_LENGTH = 10_000;

    /** Circumstances under which identical versions look different to a naive gate. */
    enum Null {
        CONSTANT,
        RISING,
        FALLING,
        RAMP,
        CLUSTERED_USERS,
        CENSORED,
        COLD_CACHE,
        SAMPLED_JUDGE,
        LATE_FEEDBACK,
        AUTOCORRELATED
    }

    /** How much worse the candidate is. */
    record Harm(double errors, double latency, double cost, double badAnswers) {
        static final Harm NONE = new Harm(1, 1, 1, 1);
    }

    private static final double[] SHARES = {.01, .1, .5};
    /** P95 of a log-normal with median 1 and σ = ½, and P50, P80, P95 of the costs, which have the same shape. */
    private static final double TAU = Math.exp(.5 * 1.6448536269514722);

    private static final double[] COST_TAUS = {1, Math.exp(.5 * .8416212335729143), Math.exp(.5 * 1.6448536269514722)};
    private static final double[] RATIOS = {1.15, 1.25};
    private static final CacheTerms CACHE = new CacheTerms(.993, .1, 4);
    private static final long INPUT = 2_000;
    private static final long OUTPUT = 200;
    private static final int DEADLINE = 60;
    private static final int USERS = 3_000;

    private final Null circumstance;
    private final Harm harm;
    private final SplittableRandom random;
    private final Tally tally = new Tally();
    private final PriorityQueue<Late> late = new PriorityQueue<>((a, b) -> Double.compare(a.at(), b.at()));
    private final boolean[] voted = new boolean[3 * USERS];
    private double burst;

    /** Something that becomes known later. */
    private record Late(double at, int stage, boolean candidate, int series, boolean bad) {}

    World(Null circumstance, Harm harm, long seed) {
        this.circumstance = circumstance;
        this.harm = harm;
        this.random = new SplittableRandom(seed * 31 + circumstance.ordinal());
    }

    Tally tally() {
        return tally;
    }

    /** Handles the request of second t. */
    void request(int t) {
        int stage = t / STAGE_LENGTH;
        settle(t);
        boolean isCandidate = random.nextDouble() < SHARES[stage];
        double own = 0;
        if (circumstance == Null.CLUSTERED_USERS) {
            // Heavy-tailed users with rates of their own; the arm is the user's, and the first call has the vote.
            int user = (int) (USERS * Math.pow(random.nextDouble(), 3));
            long hash = (user + 1) * 0x9E3779B97F4A7C15L ^ seedOfUsers;
            hash = (hash ^ (hash >>> 31)) * 0xBF58476D1CE4E5B9L;
            isCandidate = ((hash >>> 11) * 0x1.0p-53) < SHARES[stage];
            own = ((hash >>> 20) & 1023) / 1023.0;
            if (voted[stage * USERS + user]) {
                return;
            }
            voted[stage * USERS + user] = true;
        }
        observe(t, stage, isCandidate, own);
    }

    private long seedOfUsers;

    World withUsers(long seed) {
        seedOfUsers = seed * 0xD1342543DE82EF95L;
        return this;
    }

    private double badRate(int t, double own) {
        double done = t / (3.0 * STAGE_LENGTH);
        return switch (circumstance) {
            case RISING -> .01 + .05 * done;
            case FALLING -> .06 - .05 * done;
            case RAMP -> new double[] {.01, .03, .06}[t / STAGE_LENGTH];
            case CLUSTERED_USERS -> .2 * own * own * own * own;
            case AUTOCORRELATED -> {
                burst = .995 * burst + .1 * random.nextGaussian();
                yield Math.min(.5, .02 * Math.exp(burst));
            }
            default -> .02;
        };
    }

    private void observe(int t, int stage, boolean candidate, double own) {
        double rate = badRate(t, own);
        tally.count(stage, candidate, Tally.UNITS, false);
        tally.count(stage, candidate, Tally.ERRORS, random.nextDouble() < rate * (candidate ? harm.errors() : 1));
        latency(t, stage, candidate, own, rate);
        cost(stage, candidate);
        boolean judged = random.nextDouble() < (circumstance == Null.SAMPLED_JUDGE ? .2 : harm == Harm.NONE ? 1 : .2);
        boolean badAnswer = random.nextDouble() < (.08 + rate) * (candidate ? harm.badAnswers() : 1);
        if (judged && circumstance == Null.LATE_FEEDBACK) {
            double hours = -2 * Math.log(1 - random.nextDouble());
            late.add(new Late(t + 3_600 * hours, stage, candidate, Tally.BAD_ANSWERS, badAnswer));
        } else if (judged) {
            tally.count(stage, candidate, Tally.BAD_ANSWERS, badAnswer);
        }
    }

    private void latency(int t, int stage, boolean candidate, double own, double rate) {
        double swing = circumstance == Null.RISING || circumstance == Null.RAMP ? 1 + 10 * rate : 1 + own;
        double seconds = Math.exp(.5 * random.nextGaussian()) * swing * (candidate ? harm.latency() : 1);
        for (int i = 0; i < RATIOS.length; i++) {
            double line = candidate ? TAU * RATIOS[i] : TAU;
            boolean exceeds = seconds > line;
            int series = Tally.TTFT_PAUSE + i;
            if (circumstance == Null.CENSORED) {
                // Four times as slow; an exceedance is known once it is certain, the rest at the deadline.
                late.add(new Late(t + (exceeds ? 4 * line : DEADLINE), stage, candidate, series, exceeds));
            } else {
                tally.count(stage, candidate, series, exceeds);
            }
        }
    }

    private void cost(int stage, boolean candidate) {
        double size = Math.exp(.5 * random.nextGaussian()) * (candidate ? harm.cost() : 1);
        double cost = size;
        if (circumstance == Null.COLD_CACHE) {
            // One request a minute for a prefix: the baseline's prefixes stay cached, a small arm's do not.
            double hit = candidate ? new double[] {.049, .39, .92}[stage] : .993;
            long cached = random.nextDouble() < hit ? INPUT : 0;
            double billed = (INPUT - cached) + cached * .1 + OUTPUT * 4;
            double usual = INPUT * (1 - .993 + .993 * .1) + OUTPUT * 4;
            cost = CACHE.standardised(size * billed / usual, INPUT, cached, OUTPUT);
        }
        tally.value(stage, candidate, cost);
        for (int q = 0; q < COST_TAUS.length; q++) {
            for (int i = 0; i < RATIOS.length; i++) {
                double line = candidate ? COST_TAUS[q] * RATIOS[i] : COST_TAUS[q];
                tally.count(stage, candidate, Tally.COST_LINES + 2 * q + i, cost > line);
            }
        }
    }

    private void settle(int t) {
        while (!late.isEmpty() && late.peek().at() <= t) {
            Late known = late.remove();
            tally.count(known.stage(), known.candidate(), known.series(), known.bad());
        }
    }
}
