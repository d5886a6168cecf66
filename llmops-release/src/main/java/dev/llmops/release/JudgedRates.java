package dev.llmops.release;

import dev.llmops.release.internal.statistics.JudgeCorrection;
import dev.llmops.release.internal.statistics.MeanDifference;
import dev.llmops.release.internal.statistics.Moments;
import dev.llmops.release.stats.Interval;
import dev.llmops.release.stats.JudgeCalibration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the rates of a metric that a judge with a calibration card decides.
 *
 * <p>Where people labelled enough answers of both arms, by their labels (PPI++). Otherwise by the card: a judge that
 * recognises a share se of the bad and sp of the good answers shows a difference d as (se + sp − 1)·d, so a proof within the
 * limit needs a smaller one, with both shares at the lower ends of their intervals. A breach takes what the judge shows as it
 * is, which is never more than the truth if it errs alike in both arms.
 */
final class JudgedRates {

    /** Under these numbers the interval of a correction by labels is too narrow. */
    static final int MIN_LABELS = 200;

    static final int MIN_BAD_LABELS = 15;

    private final JudgeCalibration card;
    private final List<Stage> stages;
    private final boolean isByLabels;

    /** The judgements of a stage, of both arms. */
    record Stage(JudgeCorrection.Counts candidate, JudgeCorrection.Counts reference) {

        boolean isLabelled() {
            return isLabelled(candidate) && isLabelled(reference);
        }

        private static boolean isLabelled(JudgeCorrection.Counts counts) {
            return counts.labelled() >= MIN_LABELS && counts.labelledBad() >= MIN_BAD_LABELS && counts.others() > 1;
        }

        boolean isJudged() {
            return candidate.judged() > 0 && reference.judged() > 0;
        }
    }

    private JudgedRates(JudgeCalibration card, List<Stage> stages, boolean isByLabels) {
        this.card = card;
        this.stages = stages;
        this.isByLabels = isByLabels;
    }

    /** Returns the corrected rates; null without a card, or where the judge of the card judged nothing. */
    static @Nullable JudgedRates of(ArmSplits splits, String metric, @Nullable JudgeCalibration card) {
        if (card == null) {
            return null;
        }
        List<Stage> judged = splits.judged(metric, card.evaluator()).stream()
                .filter(Stage::isJudged)
                .toList();
        List<Stage> labelled = judged.stream().filter(Stage::isLabelled).toList();
        return judged.isEmpty()
                ? null
                : new JudgedRates(card, labelled.isEmpty() ? judged : labelled, !labelled.isEmpty());
    }

    /** Returns true if labels of people decide, and not the judge alone. */
    boolean isByLabels() {
        return isByLabels;
    }

    double candidate() {
        return corrected(Stage::candidate);
    }

    double reference() {
        return corrected(Stage::reference);
    }

    private double corrected(Function<Stage, JudgeCorrection.Counts> arm) {
        JudgeCorrection.Counts all =
                stages.stream().map(arm).reduce(JudgeCorrection.Counts::plus).orElseThrow();
        if (isByLabels) {
            return JudgeCorrection.predictionPowered(all).mean();
        }
        double sensitivity = (double) card.badFound() / card.bad();
        double specificity = (double) card.goodFound() / card.good();
        return sensitivity + specificity > 1
                ? JudgeCorrection.roganGladen(all.flaggedRatio(), sensitivity, specificity)
                : Double.NaN;
    }

    /** The difference candidate − ratio · reference of the rates, as labels correct it, or as the judge shows it. */
    private MeanDifference difference(double ratio) {
        return MeanDifference.of(
                stages.stream()
                        .map(stage -> new MeanDifference.Stage(moments(stage.candidate()), moments(stage.reference())))
                        .toList(),
                ratio);
    }

    private Moments moments(JudgeCorrection.Counts counts) {
        return isByLabels
                ? JudgeCorrection.predictionPowered(counts)
                : Moments.ofRate(counts.labelledFlagged() + counts.othersFlagged(), counts.judged());
    }

    /** By how many points the candidate's rate is higher, at every look at once. */
    Interval pointsInterval(double alpha) {
        return difference(1).interval(alpha);
    }

    boolean isOverPoints(double pointsRatio, double alpha) {
        return pointsInterval(alpha).lower() > pointsRatio;
    }

    boolean isUnderPoints(double pointsRatio, double alpha) {
        double information = card.sensitivity().lower() + card.specificity().lower() - 1;
        return pointsInterval(alpha).upper() < pointsRatio * (isByLabels ? 1 : information);
    }

    boolean isOverRatio(double ratio, double alpha) {
        return difference(ratio).interval(alpha).lower() > 0;
    }

    /** The good answers that the judge calls bad are in both rates; they take (ρ − 1) times their share off the difference. */
    boolean isUnderRatio(double ratio, double alpha) {
        double falseAlarms =
                isByLabels ? 0 : (ratio - 1) * (1 - card.specificity().lower());
        return difference(ratio).interval(alpha).upper() + falseAlarms < 0;
    }

    /** Says by which formula the rates were corrected. */
    String remark() {
        return isByLabels
                ? ", corrected by " + labels(stage -> stage.candidate().labelled()) + " and "
                        + labels(stage -> stage.reference().labelled()) + " labels of people (PPI++, "
                        + card.evaluator() + ")"
                : ", corrected by the calibration of " + card.evaluator() + " (Rogan–Gladen)";
    }

    private long labels(ToLongFunction<Stage> count) {
        return stages.stream().mapToLong(count).sum();
    }
}
