package dev.llmops.report.evidence;

import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.LogEvidence;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The evidence of a verdict on a release, redacted, in one folder or zip: the decision, its evidence as sums, policy, plan,
 * versions, timeline, request samples, and a runbook. Equal inputs give equal bytes on every Java release.
 *
 * <p>{@link #replay()} judges again from the pack alone, and {@code verify.py} in the pack recomputes its numbers without
 * this library. The manifest makes partial edits evident if its {@link #digest() digest} is kept elsewhere. Immutable.
 *
 * @since 0.1.0
 */
public final class EvidencePack {

    /** File systems take 255 bytes, of which a number may need some. */
    private static final int MAX_NAME = 100;

    static final String MANIFEST = "manifest.json";
    static final String DECISION = "decision.json";
    static final String EVIDENCE = "evidence.json";
    static final String SITUATION = "situation.json";
    static final String POLICY = "policy.yml";

    private final NavigableMap<String, byte[]> files;

    EvidencePack(NavigableMap<String, byte[]> files) {
        this.files = Collections.unmodifiableNavigableMap(new TreeMap<>(files));
    }

    /**
     * A verdict that was reached again.
     *
     * @param decision the decision that policy, evidence and situation give today
     * @param isSame true if the verdict and every number equal the recorded ones; sentences may be worded otherwise by another version
     */
    public record Replay(GateDecision decision, boolean isSame) {}

    /**
     * Begins a pack on a release.
     *
     * @param policyYaml the release's policy, as its file has it
     * @param profile the thresholds that were fixed before the release
     * @param evidence the sums that were judged
     * @param situation where the release stood; its time is the time of the pack
     * @return a builder
     */
    public static EvidencePackBuilder builder(
            String policyYaml, GateProfile profile, GateEvidence evidence, GateSituation situation) {
        return new EvidencePackBuilder(policyYaml, profile, evidence, situation);
    }

    /**
     * Begins a pack on a release by one reading of its log, which gives the evidence and {@link EvidencePackBuilder#DEFAULT_REQUESTS}
     * requests.
     *
     * @param changeId the release
     * @param policyYaml the release's policy, as its file has it
     * @param profile the thresholds that were fixed before the release
     * @param situation where the release stood; its time is the time of the pack
     * @param lines lines of the log in any order, in UTF-8; read at once and not closed
     * @return a builder
     * @throws java.io.UncheckedIOException if the lines cannot be read
     * @throws IllegalArgumentException if the log is sampled
     */
    public static EvidencePackBuilder ofLog(
            String changeId, String policyYaml, GateProfile profile, GateSituation situation, InputStream lines) {
        RequestSample requests = new RequestSample(EvidencePackBuilder.DEFAULT_REQUESTS);
        GatePolicy policy = GatePolicy.parse(POLICY, policyYaml);
        GateEvidence evidence = LogEvidence.read(changeId, policy, profile, situation.now(), lines, requests);
        return builder(policyYaml, profile, evidence, situation).requests(requests);
    }

    /**
     * Reads a pack.
     *
     * @param folderOrZip what {@link #writeTo} or {@link #writeZip} wrote
     * @return the pack, unverified; ask it for its {@link #problems()}
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is no pack
     */
    public static EvidencePack read(Path folderOrZip) throws IOException {
        NavigableMap<String, byte[]> files =
                Files.isDirectory(folderOrZip) ? PackFiles.readFolder(folderOrZip) : PackFiles.readZip(folderOrZip);
        if (!files.containsKey(MANIFEST)) {
            throw new IllegalArgumentException("no " + MANIFEST + " in " + folderOrZip
                    + " — an evidence pack has one — pass the folder or zip of a pack");
        }
        return new EvidencePack(files);
    }

    /**
     * Returns the names of the files, in order.
     *
     * @return names with {@code /} between folders
     */
    public Set<String> names() {
        return files.navigableKeySet();
    }

    /**
     * Returns a file's text.
     *
     * @param name its name
     * @return the text
     * @throws IllegalArgumentException if the pack has no such file
     */
    public String text(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException(
                    "the pack has no file '" + name + "' — it has " + names() + " — build the pack again");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Returns the digest of the manifest, and with it of every file.
     *
     * @return SHA-256 in lower-case hexadecimal digits
     */
    public String digest() {
        return sha256(text(MANIFEST).getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Compares every file with the manifest.
     *
     * @return what differs, in words; empty if the pack is whole
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        JsonNode listed = json(MANIFEST).path("files");
        listed.properties().forEach(entry -> {
            byte[] bytes = files.get(entry.getKey());
            if (bytes == null) {
                problems.add(entry.getKey() + " is missing");
            } else if (!sha256(bytes).equals(entry.getValue().path("sha256").asString())) {
                problems.add(entry.getKey() + " was changed");
            }
        });
        names().stream()
                .filter(name -> !name.equals(MANIFEST) && !listed.has(name))
                .forEach(name -> problems.add(name + " is not in the manifest"));
        return List.copyOf(problems);
    }

    /**
     * Judges again from the policy, the evidence and the situation of this pack alone.
     *
     * @return the decision, and if it is the recorded one
     * @throws IllegalArgumentException if one of these files is missing or unreadable
     */
    public Replay replay() {
        GateDecision decision = ReleaseGate.judge(
                read(POLICY, yaml -> GatePolicy.parse(POLICY, yaml)),
                read(EVIDENCE, GateEvidence::fromJson),
                read(SITUATION, text -> PackDocuments.situation(json(SITUATION))));
        JsonNode reached = Canonical.MAPPER.readTree(Canonical.document(PackDocuments.decision(decision)));
        return new Replay(decision, withoutSentences(reached).equals(recorded()));
    }

    private JsonNode recorded() {
        try {
            return withoutSentences(json(DECISION));
        } catch (IllegalArgumentException e) {
            return MissingNode.getInstance(); // What is not there, or no JSON, is no verdict.
        }
    }

    private static JsonNode withoutSentences(JsonNode decision) {
        if (decision instanceof ObjectNode object) {
            object.remove("reason");
            object.path("lines").values().forEach(EvidencePack::withoutSentences);
        }
        return decision;
    }

    private <T> T read(String name, Function<String, T> reader) {
        String text = text(name);
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    name + " of the pack cannot be read (" + e.getMessage()
                            + ") — the file as it was written is needed — take a copy of the pack that was not changed",
                    e);
        }
    }

    private JsonNode json(String name) {
        try {
            return Canonical.MAPPER.readTree(text(name));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name + " is no JSON — " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Writes the pack as a folder {@code YYYY-MM-DD/change-id}. A pack that is there already is never overwritten: an equal
     * one is kept, and a different one gets a sibling with a number.
     *
     * @param reports the folder of all reports
     * @return the pack's folder
     * @throws IOException if it cannot be written
     */
    public Path writeTo(Path reports) throws IOException {
        JsonNode situation = json(SITUATION);
        LocalDate day = Instant.parse(situation.path("now").asString())
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
        String name = folderName(json(DECISION).path("change_id").asString());
        Path folder = reports.resolve(day.toString()).resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            if (Files.exists(folder.resolve(MANIFEST)) && read(folder).digest().equals(digest())) {
                return folder;
            }
            folder = folder.resolveSibling(name + "-" + i);
        }
        PackFiles.writeFolder(folder, files);
        return folder;
    }

    /** Returns a name that every file system takes for a release of any name. */
    private static String folderName(String changeId) {
        String plain = changeId.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.isEmpty() ? "_" : plain.substring(0, Math.min(MAX_NAME, plain.length()));
    }

    /**
     * Writes the pack as a zip of uncompressed entries with fixed times.
     *
     * @param zip the file
     * @throws IOException if it cannot be written
     */
    public void writeZip(Path zip) throws IOException {
        PackFiles.writeZip(zip, files);
    }
}
