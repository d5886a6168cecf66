package dev.llmops.quality.cases;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ToolCall;
import dev.llmops.quality.Rate;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bad cases with one signature.
 *
 * @param signature what they have in common
 * @param share their share of all bad cases
 * @param lifts by version set, the strongest evidence first
 * @param traceIds up to three traces to look at
 * @param cost what the calls cost together, unpriced ones left out
 * @since 0.1.0
 */
public record CaseGroup(Signature signature, Rate share, List<Lift> lifts, List<String> traceIds, BigDecimal cost) {

    /** Copies the lists. */
    public CaseGroup {
        lifts = List.copyOf(lifts);
        traceIds = List.copyOf(traceIds);
    }

    /**
     * Frequency of the group's cases in one version set, compared with that version set's share of the traffic.
     *
     * @param versionSet the version set's id
     * @param count the number of cases
     * @param ratio the version set's share of the cases, divided by its share of the traffic
     * @param logEvidence the natural logarithm of the e-value against a ratio of at most 1; from ln 20 ≈ 3 the version set
     *     is worse at the level of 5 %, no matter how often one looks. The share of traffic is estimated from the latest
     *     calls, so read it as a pointer, not as a gate
     */
    public record Lift(String versionSet, long count, double ratio, double logEvidence) {}

    /**
     * Returns the number of cases.
     *
     * @return the number
     */
    public long count() {
        return share.count();
    }

    /**
     * Exact signature by which bad cases are grouped.
     *
     * @param reason why the case is bad, such as {@code failed}, {@code thumbs_down}, {@code low_faithfulness},
     *     {@code contract} or {@code risk}
     * @param outcome how the call ended
     * @param detail the error kind, risk type, or field of the contract, or null
     * @param finishReason why the model stopped, or null
     * @param tools the tools that ran, in order, joined by {@code >}; empty without tools
     * @param feature the feature of the application, or null
     */
    public record Signature(
            String reason,
            String outcome,
            @Nullable String detail,
            @Nullable String finishReason,
            String tools,
            @Nullable String feature) {

        private static final int MAX_TOOLS = 8;

        static Signature of(String reason, @Nullable String detail, CallRecord record) {
            return new Signature(
                    reason,
                    record.outcome().status(),
                    detail,
                    record.finishReasons().isEmpty()
                            ? null
                            : record.finishReasons().get(0),
                    record.toolCalls().stream()
                            .limit(MAX_TOOLS)
                            .map(ToolCall::name)
                            .collect(Collectors.joining(">")),
                    record.info().feature());
        }
    }
}
