package dev.llmops.release.openfeature;

import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.VersionSwitch;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Answers OpenFeature evaluations from a {@link VersionSwitch}: the flag key is the release, the targeting key the unit. A
 * text flag gives the arm, a boolean flag whether the candidate answers; the variant is the arm, and the metadata carries
 * what {@link Assignment#mark} would write on a call. Needs {@code dev.openfeature:sdk} on the class path. Thread-safe.
 *
 * @since 0.1.0
 */
public final class VersionSwitchProvider implements FeatureProvider {

    private final Map<String, VersionSwitch> switches;

    /**
     * Creates a provider.
     *
     * @param switches the switches by flag key
     */
    public VersionSwitchProvider(Map<String, VersionSwitch> switches) {
        this.switches = Map.copyOf(switches);
    }

    @Override
    public Metadata getMetadata() {
        return () -> "llmops-version-switch";
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(String key, Boolean fallback, EvaluationContext context) {
        return evaluation(key, fallback, context, assignment -> assignment.arm().isCandidateVersion());
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String fallback, EvaluationContext context) {
        return evaluation(key, fallback, context, assignment -> assignment.arm().label());
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(String key, Integer fallback, EvaluationContext context) {
        return error(fallback, ErrorCode.TYPE_MISMATCH, "a release has no whole number");
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double fallback, EvaluationContext context) {
        return error(fallback, ErrorCode.TYPE_MISMATCH, "a release has no number");
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value fallback, EvaluationContext context) {
        return evaluation(key, fallback, context, assignment -> {
            Map<String, Value> parts = new TreeMap<>();
            assignment.versionSet().parts().forEach((part, version) -> parts.put(part, new Value(version)));
            return new Value(new ImmutableStructure(parts));
        });
    }

    private <T> ProviderEvaluation<T> evaluation(
            String key, T fallback, EvaluationContext context, Function<Assignment, T> value) {
        VersionSwitch versionSwitch = switches.get(key);
        if (versionSwitch == null) {
            return error(
                    fallback, ErrorCode.FLAG_NOT_FOUND, "no release '" + key + "'; known are " + switches.keySet());
        }
        String unit = context.getTargetingKey();
        if (unit == null || unit.isEmpty()) {
            return error(
                    fallback, ErrorCode.TARGETING_KEY_MISSING, "the targeting key names the unit that is assigned");
        }
        Assignment assignment = versionSwitch.assign(unit);
        return ProviderEvaluation.<T>builder()
                .value(value.apply(assignment))
                .variant(assignment.arm().label())
                .reason((assignment.isCounted() ? Reason.SPLIT : Reason.TARGETING_MATCH).name())
                .flagMetadata(ImmutableMetadata.builder()
                        .addString(Assignment.CHANGE, assignment.changeId())
                        .addString(Assignment.STAGE, assignment.stage())
                        .addString(Assignment.ARM, assignment.arm().label())
                        .addString(
                                Assignment.ASSIGNED_VERSION_SET,
                                assignment.versionSet().id())
                        .build())
                .build();
    }

    private static <T> ProviderEvaluation<T> error(T fallback, ErrorCode code, String message) {
        return ProviderEvaluation.<T>builder()
                .value(fallback)
                .reason(Reason.ERROR.name())
                .errorCode(code)
                .errorMessage(message)
                .build();
    }
}
