package dev.llmops.quality.cases;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.quality.EvaluationDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects bad cases in groups of one signature, and good cases that people or a calibrated judge confirmed.
 *
 * <p>A case is bad once: by a failure, a broken contract ({@value #CONTRACT_ATTRIBUTE}), a risk, a thumb down or a bad
 * score, whichever comes first. A call with none of these is good when it gets a thumb up, or a good score by one of the
 * trusted evaluators. Memory is bounded; what is forgotten is counted. Thread-safe; a call that is not bad costs one
 * short lock.
 *
 * @since 0.1.0
 */
public final class CaseMiner implements LlmListener, TelemetryAware {

    /** The call attribute with the field of the output contract that the answer broke. */
    public static final String CONTRACT_ATTRIBUTE = "llmops.contract.broken_field";

    /** The number of groups that are kept. */
    public static final int MAX_GROUPS = 200;

    /** The number of good cases that are kept. */
    public static final int MAX_GOOD = 1_000;

    /** The number of ended calls that later judgements can still make cases of. */
    public static final int MAX_RECENT = 2_000;

    /** The number of bad cases with embeddings that are kept. */
    public static final int MAX_EMBEDDED = 2_000;

    private static final int MAX_VERSION_SETS = 20;

    private final Map<String, EvaluationDefinition> definitions;
    private final Set<String> trustedEvaluators;
    private Telemetry telemetry = new Telemetry();

    // Guarded by this monitor.
    private final Map<CaseGroup.Signature, GroupTally> groups = new LinkedHashMap<>();
    private final Map<UUID, CallRecord> recent = new LinkedHashMap<>();
    private final Set<UUID> bad = new HashSet<>();
    private final Deque<CallRecord> good = new ArrayDeque<>();
    private final Set<String> versionSets = new TreeSet<>();
    private final RecentShares shares = new RecentShares();
    private final EmbeddedCases embedded = new EmbeddedCases();
    private long badCases;

    /**
     * Creates a miner.
     *
     * @param definitions tell good scores from bad ones
     * @param trustedEvaluators the identities of evaluators whose calibration card suffices for proof
     */
    public CaseMiner(List<EvaluationDefinition> definitions, Set<String> trustedEvaluators) {
        this.definitions =
                definitions.stream().collect(Collectors.toMap(EvaluationDefinition::name, Function.identity()));
        this.trustedEvaluators = Set.copyOf(trustedEvaluators);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public synchronized void callEnded(LiveCall call, CallRecord record) {
        if (record.info().purpose() != null || record.outcome() == Outcome.CANCELLED) {
            return;
        }
        String versionSet = record.info().versionSet().id();
        shares.add(versionSet);
        if (versionSets.size() < MAX_VERSION_SETS) {
            versionSets.add(versionSet);
        } else if (!versionSets.contains(versionSet)) {
            telemetry.count(Telemetry.Kind.DROPPED, "case_version_sets");
        }
        remember(record);
        if (record.error() != null) {
            bad(record, "failed", record.error().kind().name());
        } else if (record.attributes().get(CONTRACT_ATTRIBUTE) instanceof String field) {
            bad(record, "contract", field);
        } else if (!record.risks().isEmpty()) {
            bad(record, "risk", record.risks().get(0).type());
        }
    }

    private void remember(CallRecord record) {
        recent.put(record.info().callId(), record);
        if (recent.size() > MAX_RECENT) {
            UUID oldest = recent.keySet().iterator().next();
            recent.remove(oldest);
            bad.remove(oldest);
        }
    }

    @Override
    public synchronized void eventOccurred(LlmEvent event) {
        CallRecord record = recent.get(event.call().callId());
        if (record == null) {
            if (event.call().purpose() == null) {
                telemetry.count(Telemetry.Kind.DROPPED, "case_of_forgotten_call");
            }
            return;
        }
        if (event instanceof LlmEvent.Feedback feedback) {
            judged(record, feedback.verdict() == LlmEvent.Verdict.UP, "thumbs_down");
        } else if (event instanceof LlmEvent.Evaluation scored) {
            scored(record, scored);
        } else if (event instanceof LlmEvent.Risk risk) {
            bad(record, "risk", risk.finding().type());
        }
    }

    private void scored(CallRecord record, LlmEvent.Evaluation scored) {
        EvaluationDefinition definition = definitions.get(scored.evaluation());
        if (definition == null) {
            return;
        }
        boolean isGood = definition.isGood(scored.score());
        if (!isGood || (scored.evaluator() != null && trustedEvaluators.contains(scored.evaluator()))) {
            judged(record, isGood, "bad_" + scored.evaluation());
        }
    }

    private void judged(CallRecord record, boolean isGood, String reason) {
        if (!isGood) {
            bad(record, reason, null);
        } else if (!bad.contains(record.info().callId()) && !good.contains(record)) {
            good.addLast(record);
            if (good.size() > MAX_GOOD) {
                good.removeFirst();
                telemetry.count(Telemetry.Kind.DROPPED, "good_cases");
            }
        }
    }

    private void bad(CallRecord record, String reason, @Nullable String detail) {
        if (!bad.add(record.info().callId())) {
            return;
        }
        good.remove(record);
        badCases++;
        Map<String, Double> traffic = traffic();
        keepEmbedded(record, traffic);
        CaseGroup.Signature signature = CaseGroup.Signature.of(reason, detail, record);
        GroupTally group = groups.get(signature);
        if (group == null && groups.size() >= MAX_GROUPS) {
            telemetry.count(Telemetry.Kind.DROPPED, "case_groups");
            return;
        }
        groups.computeIfAbsent(signature, GroupTally::new).add(record, traffic);
    }

    private Map<String, Double> traffic() {
        Map<String, Double> traffic = new TreeMap<>();
        versionSets.forEach(versionSet -> traffic.put(versionSet, shares.share(versionSet)));
        return traffic;
    }

    private void keepEmbedded(CallRecord record, Map<String, Double> traffic) {
        if (!embedded.keep(record, traffic)) {
            telemetry.count(Telemetry.Kind.DROPPED, "case_embeddings");
        }
    }

    /**
     * Adds the embedding of a call's question, before or after the call ends, so that bad cases can be grouped by what was
     * asked.
     *
     * @param callId the id of the call
     * @param embedding the embedding
     */
    public synchronized void addEmbedding(UUID callId, float[] embedding) {
        embedded.add(callId, embedding);
        CallRecord record = bad.contains(callId) ? recent.get(callId) : null;
        if (record != null) {
            keepEmbedded(record, traffic());
        }
    }

    /**
     * Groups the bad cases whose embeddings are known by direction and not by signature, with spherical k-means. Takes
     * some seconds for {@value #MAX_EMBEDDED} long embeddings, without holding up calls.
     *
     * @param groups how many groups to look for, ≥ 1
     * @return the groups, the largest first; the signature is of the case nearest to the group's centre, with the reason
     *     {@code similar} and the id of its call as detail, and the traces are of the nearest cases
     * @throws IllegalArgumentException if the number is not positive
     */
    public List<CaseGroup> groupsByEmbedding(int groups) {
        if (groups < 1) {
            throw new IllegalArgumentException(
                    "groups is out of range (" + groups + ") — 1 or more — begin with 10, and look at the examples");
        }
        List<EmbeddedCases.Case> cases;
        synchronized (this) {
            cases = embedded.comparable();
        }
        return EmbeddedCases.grouped(cases, groups);
    }

    /**
     * Returns the groups so far.
     *
     * @return the groups, the largest first
     */
    public synchronized List<CaseGroup> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(GroupTally::count).reversed())
                .map(group -> group.read(badCases))
                .toList();
    }

    /**
     * Returns up to three examples of each group, and all confirmed good cases.
     *
     * @param redactor redacts the texts; those that were captured redacted too, with the rules of today
     * @return the cases; calls without captured texts are left out
     */
    public synchronized List<RegressionCase> cases(UnaryOperator<String> redactor) {
        List<RegressionCase> cases = new ArrayList<>();
        for (GroupTally group : groups.values()) {
            for (CallRecord record : group.examples()) {
                RegressionCase found = RegressionCase.of(record, false, group.signature(), redactor);
                Stream.ofNullable(found).forEach(cases::add);
            }
        }
        good.stream()
                .map(record -> RegressionCase.of(record, true, null, redactor))
                .filter(Objects::nonNull)
                .forEach(cases::add);
        return List.copyOf(cases);
    }
}
