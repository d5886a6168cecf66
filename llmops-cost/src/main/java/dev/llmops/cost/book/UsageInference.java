package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bills counts that contradict each other or leave an overlap open, and says what it assumed.
 *
 * <p>Of cached and audio input without a count of cached audio, the cache is billed first and audio gets what is left:
 * the overlap is taken to be as small as the totals allow. Parts that exceed their whole are billed, and the whole is
 * clamped at zero.
 *
 * <p>See docs/decisions/cost.md#one-calculation-lenient-on-the-way-and-strict-on-request.
 */
final class UsageInference {

    private final RatePlan plan;
    private final long[] counts;
    private final boolean[] open;
    private final Consumer<String> assumptions;

    private UsageInference(RatePlan plan, UsageCounts reported, Consumer<String> assumptions) {
        this.assumptions = assumptions;
        this.plan = plan;
        this.counts = new long[plan.size()];
        this.open = new boolean[plan.overlaps().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.max(0, reported.count(plan.kind(i)));
        }
        for (int i = 0; i < open.length; i++) {
            open[i] = plan.isOpen(plan.overlaps()[i], reported);
        }
    }

    /** Returns the billed parts; {@code assumptions} is given each assumption made. */
    static long[] infer(RatePlan plan, UsageCounts reported, Consumer<String> assumptions) {
        UsageInference inference = new UsageInference(plan, reported, assumptions);
        inference.fillOverlaps();
        return inference.clampedLeaves();
    }

    /** Everything that makes these counts ambiguous under these prices; empty if nothing does. */
    static List<String> contradictions(RatePlan plan, UsageCounts reported) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            UsageKind whole = plan.kind(i);
            if (!plan.item(i).isPriced()) {
                continue;
            }
            long total = reported.count(whole);
            for (int part : plan.item(i).parts()) {
                long count = Math.max(0, reported.count(plan.kind(part)));
                if (total < 0 && count > 0) {
                    found.add(whole.key() + " must be reported, because its part "
                            + plan.kind(part).key() + " is " + count);
                } else if (total >= 0 && count > total) {
                    found.add(plan.kind(part).key() + " (" + count + ") must not exceed " + whole.key() + " (" + total
                            + "), which contains it");
                }
            }
        }
        for (int[] overlap : plan.overlaps()) {
            if (plan.isOpen(overlap, reported)) {
                found.add(plan.kind(overlap[2]).key() + " must be reported, because both "
                        + plan.kind(overlap[0]).key() + " and "
                        + plan.kind(overlap[1]).key() + " are");
            }
        }
        if (found.isEmpty() && plan.leaves(reported) == null) {
            infer(plan, reported, found::add);
        }
        return found;
    }

    private void fillOverlaps() {
        int[][] overlaps = plan.overlaps();
        for (int modality = 0; modality < plan.size(); modality++) {
            if (!isModality(plan.kind(modality))) {
                continue;
            }
            long excess = counts[modality] - room(modality) - alreadyOverlapping(modality);
            for (int i = 0; i < overlaps.length; i++) {
                int typed = other(overlaps[i], modality);
                if (open[i] && involves(overlaps[i], modality) && isWidestOfItsType(plan.kind(typed))) {
                    long shared = Math.max(0, Math.min(excess, counts[typed] - alreadyOverlapping(typed)));
                    counts[overlaps[i][2]] = shared;
                    excess -= shared;
                    assumptions.accept(
                            plan.kind(overlaps[i][2]).key() + " was not reported and is taken to be " + shared);
                }
            }
        }
    }

    /** Returns the tokens of the modality's total that are left for it after token types and earlier modalities. */
    private long room(int modality) {
        UsageKind kind = plan.kind(modality);
        UsageKind total = kind.isInput() ? UsageKind.INPUT_TOKENS : UsageKind.OUTPUT_TOKENS;
        long room = 0;
        for (int i = 0; i < plan.size(); i++) {
            UsageKind each = plan.kind(i);
            if (each.equals(total)) {
                room += counts[i];
            } else if (each.isPartOf(total) && each.hasTokenType() && isWidestOfItsType(each)) {
                room -= counts[i];
            } else if (i < modality && isModality(each) && each.isPartOf(total)) {
                room -= counts[i] - alreadyOverlapping(i);
            }
        }
        return Math.max(0, room);
    }

    private long alreadyOverlapping(int index) {
        long sum = 0;
        for (int[] overlap : plan.overlaps()) {
            boolean widest = isWidestOfItsType(plan.kind(overlap[0])) && isWidestOfItsType(plan.kind(overlap[1]));
            sum += widest && involves(overlap, index) ? counts[overlap[2]] : 0;
        }
        return sum;
    }

    /** True unless another visited kind with a token type contains this one, as cache writes contain their lifetimes. */
    private boolean isWidestOfItsType(UsageKind kind) {
        for (int i = 0; i < plan.size(); i++) {
            if (plan.kind(i).hasTokenType() && kind.isPartOf(plan.kind(i))) {
                return false;
            }
        }
        return true;
    }

    private long[] clampedLeaves() {
        long[] leaves = new long[plan.size()];
        for (int i = 0; i < leaves.length; i++) {
            long leaf = counts[i];
            for (int part : plan.item(i).parts()) {
                leaf -= leaves[part];
            }
            if (leaf < 0) {
                assumptions.accept("the parts of " + plan.kind(i).key() + " exceed it by " + -leaf);
            }
            leaves[i] = Math.max(0, leaf);
        }
        return leaves;
    }

    private static boolean isModality(UsageKind kind) {
        return kind.family() == UsageKind.Family.TOKENS
                && !kind.hasTokenType()
                && !kind.equals(UsageKind.INPUT_TOKENS)
                && !kind.equals(UsageKind.OUTPUT_TOKENS);
    }

    private static boolean involves(int[] overlap, int index) {
        return overlap[0] == index || overlap[1] == index;
    }

    private static int other(int[] overlap, int index) {
        return overlap[0] == index ? overlap[1] : overlap[0];
    }
}
