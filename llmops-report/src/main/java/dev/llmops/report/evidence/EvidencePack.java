package dev.llmops.report.evidence;

import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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
     * @param isSame true if it equals the recorded one to the byte
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
                GatePolicy.parse(POLICY, text(POLICY)),
                GateEvidence.fromJson(text(EVIDENCE)),
                PackDocuments.situation(json(SITUATION)));
        byte[] bytes = Canonical.document(PackDocuments.decision(decision));
        return new Replay(decision, Arrays.equals(bytes, files.get(DECISION)));
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
        String name = json(DECISION).path("change_id").asString().replaceAll("[^A-Za-z0-9_-]", "_");
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
