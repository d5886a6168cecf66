package dev.llmops.report.evidence;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GatePlan;
import dev.llmops.release.GateSituation;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.LogEvidence;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.report.Page;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.StatusJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Builds an {@link EvidencePack}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class EvidencePackBuilder {

    /** The number of requests that a pack holds unless told otherwise: {@value}. */
    public static final int DEFAULT_REQUESTS = 200;

    private static final String SCHEMA = "llmops.evidence-pack/1";
    private static final String SCRIPT = "verify.py";

    private final String policyYaml;
    private final GatePolicy policy;
    private final GateProfile profile;
    private final GateEvidence evidence;
    private final GateSituation situation;
    private final Timeline timeline = new Timeline();
    private final NavigableMap<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> leftOut = new TreeMap<>();
    private final Map<Part, Object> parts = new TreeMap<>();
    private @Nullable VersionSet baseline;
    private @Nullable VersionSet candidate;
    private List<SloStatus> statuses = List.of();
    private List<?> regressionCases = List.of();
    private RequestSample sample;
    private String redaction = "";
    private UnaryOperator<String> redactor = UnaryOperator.identity();

    EvidencePackBuilder(String policyYaml, GateProfile profile, GateEvidence evidence, GateSituation situation) {
        this.policyYaml = policyYaml;
        this.policy = GatePolicy.parse(EvidencePack.POLICY, policyYaml);
        this.profile = profile;
        this.evidence = evidence;
        this.situation = situation;
        this.sample = new RequestSample(DEFAULT_REQUESTS);
    }

    /** A document whose form another module decides. */
    public enum Part {
        /** Drift between the traffic and its reference. */
        DRIFT,
        /** Quality by version set. */
        QUALITY,
        /** The configuration under which the release ran. */
        CONFIGURATION;

        String file() {
            return name().toLowerCase(Locale.ROOT) + ".json";
        }
    }

    /**
     * Sets what takes personal data and secrets out of every text of people: requests, feedback, reasons, documents and
     * cases. Required, because packs are handed on.
     *
     * @param name how the manifest calls it, such as {@code llmops-redaction/2}, or {@code none}
     * @param function returns a text without them; when it throws, the file that needed it is left out and named
     * @return this builder
     */
    public EvidencePackBuilder redactor(String name, UnaryOperator<String> function) {
        this.redaction = name;
        this.redactor = function;
        return this;
    }

    /**
     * Sets the version sets that are compared; those of the log's first calls unless told otherwise.
     *
     * @param before the baseline
     * @param after the candidate
     * @return this builder
     */
    public EvidencePackBuilder versions(VersionSet before, VersionSet after) {
        this.baseline = before;
        this.candidate = after;
        return this;
    }

    /**
     * Adds what the release's switch did to the timeline.
     *
     * @param events the events of the release
     * @return this builder
     */
    public EvidencePackBuilder switchEvents(List<SwitchEvent> events) {
        events.forEach(timeline::add);
        return this;
    }

    /**
     * Adds alerts to the timeline.
     *
     * @param incidents alerts of objectives, such as {@code SloEngine.history(name).incidents()}
     * @return this builder
     */
    public EvidencePackBuilder incidents(List<Incident> incidents) {
        incidents.forEach(timeline::add);
        return this;
    }

    /**
     * Sets the state of objectives.
     *
     * @param states their statuses
     * @return this builder
     */
    public EvidencePackBuilder slo(List<SloStatus> states) {
        this.statuses = List.copyOf(states);
        return this;
    }

    /**
     * Reads the call log for requests, feedback and risks of the release; half of the kept requests are the worst ones, half
     * a sample that follows from their ids. Where evidence is read from the log too, {@link EvidencePack#ofLog} spares this reading.
     *
     * @param lines JSON lines in the nested form, in any order; read at once and not closed
     * @param maxRequests how many requests are kept at most, ≥ 2
     * @return this builder
     */
    public EvidencePackBuilder log(Stream<String> lines, int maxRequests) {
        RequestSample read = new RequestSample(maxRequests);
        LogEvidence.show(evidence.changeId(), lines, read);
        return requests(read);
    }

    /** Sets requests, feedback and risks of the release, as they were kept while evidence was read from the log. */
    EvidencePackBuilder requests(RequestSample kept) {
        this.sample = kept;
        return this;
    }

    /**
     * Returns the evidence that is judged.
     *
     * @return the sums that the builder was given, or that were read from the log
     */
    public GateEvidence evidence() {
        return evidence;
    }

    /**
     * Adds a document.
     *
     * @param part what it is about
     * @param value a record, map, list or bean of plain values
     * @return this builder
     */
    public EvidencePackBuilder document(Part part, Object value) {
        parts.put(part, value);
        return this;
    }

    /**
     * Sets the cases that must pass before the incident is over.
     *
     * @param cases regression cases of {@code llmops-quality}
     * @return this builder
     */
    public EvidencePackBuilder regressionCases(List<?> cases) {
        this.regressionCases = List.copyOf(cases);
        return this;
    }

    /**
     * Judges the release and builds the pack.
     *
     * @return the pack
     * @throws IllegalStateException if no redactor was set
     */
    public EvidencePack build() {
        if (redaction.isEmpty()) {
            throw new IllegalStateException(
                    "redactor is not set — a pack is handed on, so it must say how it is redacted"
                            + " — call redactor(name, function), or redactor(\"none\", UnaryOperator.identity()) on purpose");
        }
        VersionSet before = baseline == null ? sample.versions(false) : baseline;
        VersionSet after = candidate == null ? sample.versions(true) : candidate;
        GateDecision decision = ReleaseGate.judge(policy, evidence, situation);
        files.clear();
        leftOut.clear();
        put(EvidencePack.POLICY, utf8(policyYaml));
        put(EvidencePack.EVIDENCE, utf8(evidence.toJson() + "\n"));
        put(EvidencePack.SITUATION, Canonical.document(PackDocuments.situation(situation)));
        put(EvidencePack.DECISION, Canonical.document(PackDocuments.decision(decision)));
        put("policy.json", Canonical.document(PackDocuments.policy(policy)));
        put("profile.json", Canonical.document(profile));
        put("plan.json", Canonical.document(PackDocuments.plan(GatePlan.of(policy, profile))));
        put("metrics.json", Canonical.document(PackMetrics.of(policy, evidence)));
        put("versions.json", Canonical.document(PackDocuments.versions(before, after)));
        put(SCRIPT, script());
        put("replay.txt", utf8("""
                llmops gate replay .   # judges again with the library
                python3 verify.py .    # recomputes every number without it
                """));
        putOfPeople(timelineWith(decision));
        Page summary = new PackSummary(decision, before, after, situation.now(), sample.counts()).page();
        put("summary.md", utf8(summary.toMarkdown()));
        put("summary.html", utf8(summary.toHtml()));
        put(EvidencePack.MANIFEST, manifest());
        return new EvidencePack(files);
    }

    /** A verdict against the candidate is a notice, also where no switch carried it out yet. */
    private Timeline timelineWith(GateDecision decision) {
        Timeline filled = timeline.copy();
        sample.mark(filled);
        GateDecision.Verdict verdict = decision.verdict();
        if (verdict != GateDecision.Verdict.CONTINUE && verdict != GateDecision.Verdict.PROMOTE) {
            filled.notice(situation.now(), "gate", verdict + ": " + decision.reason());
        }
        return filled;
    }

    /** Files that may quote people go through the redactor, or are left out. */
    private void putOfPeople(Timeline happened) {
        redacted("timeline.jsonl", () -> Canonical.lines(happened.lines(), redactor));
        redacted(
                "runbook.md",
                () -> utf8(new Runbook(happened, situation.now(), redactor)
                        .page(evidence.changeId())
                        .toMarkdown()));
        redacted("requests.jsonl", () -> Canonical.lines(sample.requests(), redactor));
        redacted("feedback.jsonl", () -> Canonical.lines(sample.feedback(), redactor));
        put("feedback.json", Canonical.document(sample.verdicts()));
        redacted("regression.jsonl", () -> Canonical.lines(regressionCases, redactor));
        redacted("slo.json", () -> Canonical.document(Canonical.MAPPER.readTree(StatusJson.write(statuses)), redactor));
        parts.forEach((part, value) -> redacted(part.file(), () -> Canonical.document(value, redactor)));
        List<JsonNode> again = sample.reproductions();
        for (int i = 0; i < again.size(); i++) {
            JsonNode call = again.get(i);
            String name = String.format(Locale.ROOT, "curl/%02d.sh", i + 1);
            redacted(name, () -> utf8(CurlScript.of(redactedCopy(call))));
        }
    }

    private JsonNode redactedCopy(JsonNode call) {
        return Canonical.MAPPER.readTree(Canonical.lines(List.of(call), redactor));
    }

    private void redacted(String name, Supplier<byte[]> content) {
        try {
            put(name, content.get());
        } catch (RuntimeException e) {
            // The message may quote the text that could not be redacted.
            leftOut.put(name, "the redactor failed: " + e.getClass().getSimpleName());
        }
    }

    private void put(String name, byte[] content) {
        files.put(name, content);
    }

    private byte[] manifest() {
        Map<String, Object> digests = new TreeMap<>();
        files.forEach((name, bytes) ->
                digests.put(name, Map.of("sha256", EvidencePack.sha256(bytes), "bytes", bytes.length)));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schema", SCHEMA);
        manifest.put("change_id", evidence.changeId());
        manifest.put("at", situation.now().toString());
        manifest.put("redaction", redaction);
        manifest.put("counts", sample.counts());
        manifest.put("left_out", leftOut);
        manifest.put("files", digests);
        return Canonical.document(manifest);
    }

    private static byte[] script() {
        try (InputStream in = EvidencePack.class.getResourceAsStream(SCRIPT)) {
            return Objects.requireNonNull(in, SCRIPT).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
