package dev.llmops.release.policy;

import dev.llmops.core.io.TextFile;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.arm.Exposure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says how a release goes through its stages, and on which lines it is judged. Immutable.
 *
 * @param unit what is assigned to an arm as a whole
 * @param hasControl true for a control of the candidate's size
 * @param alpha bound on false pauses, and on false roll-backs, of a whole release, over all its tests, in (0, ½)
 * @param sampleRatioAlpha level of the test that the arms got their shares, in (0, ½)
 * @param stages the stages in their order
 * @param maxHold after how long without a decision a stage is rolled back as inconclusive
 * @param matureAfter how old a call must be to be counted, longer than almost any call takes
 * @param isAutoPromoting true if the gate may go past a share of one half without a person
 * @param metrics what is judged
 * @param stopOn risks of which the first one stops the release
 * @param rollsBackOnBudgetBurn true if a money budget that will not last rolls the release back
 * @param freezeAtRemainingRatio the remaining share of an SLO's error budget at or under which nothing is promoted; NaN for
 *     never
 * @param exempt kinds of change that are not frozen
 * @since 0.1.0
 */
public record GatePolicy(
        AssignmentUnit unit,
        boolean hasControl,
        double alpha,
        double sampleRatioAlpha,
        List<Stage> stages,
        Duration maxHold,
        Duration matureAfter,
        boolean isAutoPromoting,
        List<MetricRule> metrics,
        Set<String> stopOn,
        boolean rollsBackOnBudgetBurn,
        double freezeAtRemainingRatio,
        Set<String> exempt) {

    /** The share up to which the gate goes without a person: {@value}. */
    public static final double LARGEST_AUTOMATIC_RATIO = .5;

    /**
     * Copies the collections.
     *
     * @param unit what is assigned as a whole
     * @param hasControl true for a control
     * @param alpha bound on false decisions
     * @param sampleRatioAlpha level of the test of shares
     * @param stages the stages
     * @param maxHold after how long a stage is rolled back
     * @param matureAfter how old a call must be
     * @param isAutoPromoting true if no person is needed
     * @param metrics what is judged
     * @param stopOn risks that stop
     * @param rollsBackOnBudgetBurn true if a burnt budget rolls back
     * @param freezeAtRemainingRatio when nothing is promoted
     * @param exempt kinds of change that are not frozen
     */
    public GatePolicy {
        stages = List.copyOf(stages);
        metrics = List.copyOf(metrics);
        stopOn = Set.copyOf(stopOn);
        exempt = Set.copyOf(exempt);
    }

    /**
     * Reads a policy.
     *
     * @param file a YAML file
     * @return the policy
     * @throws InvalidGatePolicyException naming every rule that is broken
     * @throws UncheckedIOException if the file cannot be read
     */
    public static GatePolicy read(Path file) {
        try {
            return parse(file.toString(), TextFile.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the gate policy " + file, e);
        }
    }

    /**
     * Reads a policy.
     *
     * @param name the text's name in messages, usually a file
     * @param yaml the text
     * @return the policy
     * @throws InvalidGatePolicyException naming every rule that is broken
     */
    public static GatePolicy parse(String name, String yaml) {
        return new GatePolicyReader().read(name, yaml);
    }

    /**
     * Returns the policy that the library ships, to copy from: {@code gate-policy.yml} beside this class.
     *
     * @return the policy
     */
    public static GatePolicy standard() {
        try (InputStream in = GatePolicy.class.getResourceAsStream("gate-policy.yml")) {
            byte[] bytes = Objects.requireNonNull(in, "gate-policy.yml").readAllBytes();
            return parse("gate-policy.yml", new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a stage.
     *
     * @param name its name
     * @return the stage, empty if the policy has none of that name
     */
    public Optional<Stage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /**
     * Returns the stage that follows.
     *
     * @param name a stage's name
     * @return the next stage, empty after the last one
     */
    public Optional<Stage> stageAfter(String name) {
        for (int i = 0; i + 1 < stages.size(); i++) {
            if (stages.get(i).name().equals(name)) {
                return Optional.of(stages.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the shares of the arms in a stage.
     *
     * @param stage a stage of this policy
     * @return the exposure
     */
    public Exposure exposure(Stage stage) {
        return stage.exposure(hasControl);
    }

    /**
     * Returns the number of statistical tests among which the level is divided.
     *
     * @return K, at least 1
     */
    public int tests() {
        boolean hasPairs = stages.stream().anyMatch(stage -> stage.mirrorRatio() > 0);
        long paired = hasPairs ? metrics.stream().filter(MetricRule::isPaired).count() : 0;
        return Math.max(1, metrics.stream().mapToInt(MetricRule::tests).sum() + (int) paired);
    }

    /**
     * Returns the level of a single test.
     *
     * @return α ÷ K; a test decides when its e-value reaches the inverse
     */
    public double testAlpha() {
        return alpha / tests();
    }

    /**
     * Describes a step of a release.
     *
     * @param name its name; the share where the policy gives none
     * @param candidateRatio the candidate's share, in [0, 1]
     * @param mirrorRatio the share that is answered in the shadow too, in [0, 1]
     * @param holdbackRatio the share that stays with the baseline at the end, in [0, 1)
     * @param minUnits how many units of the candidate it takes at least
     * @param minPairs how many shadow pairs it takes at least
     * @param minTime how long it takes at least
     * @param needs what must hold to go on
     */
    public record Stage(
            String name,
            double candidateRatio,
            double mirrorRatio,
            double holdbackRatio,
            long minUnits,
            long minPairs,
            Duration minTime,
            Needs needs) {

        /** The condition for promotion. */
        public enum Needs {
            /** No line is breached. */
            NO_BREACH,
            /** Every line is provably better than its pause limit. */
            PROOF
        }

        /**
         * Returns the shares of the arms in this stage.
         *
         * @param withControl true for a control of the candidate's size, where the rest is large enough
         * @return the exposure
         */
        public Exposure exposure(boolean withControl) {
            boolean fits = withControl && candidateRatio > 0 && candidateRatio <= .5;
            boolean isLast = candidateRatio == 1;
            double share = isLast ? 1 - holdbackRatio : candidateRatio;
            return new Exposure(name, share, fits ? candidateRatio : 0, mirrorRatio, isLast);
        }

        /**
         * Returns true if the candidate has everything in this stage, but for a holdback.
         *
         * @return true for the last stage
         */
        public boolean isLast() {
            return candidateRatio == 1;
        }
    }
}
