package dev.llmops.report.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.redaction.Redactor;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GateSituation;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidencePackTest {

    @TempDir
    static Path folder;

    private static BadRelease release;
    private static EvidencePack pack;

    @TempDir
    Path reports;

    @BeforeAll
    static void live_through_a_bad_release() {
        release = new BadRelease(folder, 3_000);
        pack = release.pack().build();
    }

    @Test
    void it_holds_all_that_the_verdict_rests_on() {
        assertThat(pack.names())
                .contains("decision.json", "evidence.json", "policy.yml", "plan.json", "versions.json")
                .contains("timeline.jsonl", "requests.jsonl", "metrics.json", "slo.json", "feedback.json")
                .contains("configuration.json", "regression.jsonl", "runbook.md", "curl/01.sh", "manifest.json");
        assertThat(pack.problems()).isEmpty();
    }

    @Test
    void replay_reaches_the_recorded_verdict_from_the_pack_alone() throws IOException {
        Path written = pack.writeTo(reports);

        EvidencePack.Replay replay = EvidencePack.read(written).replay();

        assertThat(replay.decision().verdict()).isEqualTo(GateDecision.Verdict.ROLL_BACK);
        assertThat(replay.isSame()).isTrue();
    }

    /** The build runs on several Java releases; each must reach the same verdict and write these bytes. */
    @ParameterizedTest
    @CsvSource({
        "evidence.json, d6f0dfb3f6f91ca8ad63b5e0d7270320eb788894c34fe1cabf574d1388385baa",
        "decision.json, d6c21cc85918b506f52194780c70269b5e38e4b6a7bc6495a12be91860a95ac1"
    })
    void every_java_release_writes_the_same_bytes(String name, String sha256) {
        assertThat(EvidencePack.sha256(pack.text(name).getBytes(UTF_8))).isEqualTo(sha256);
    }

    @Test
    void the_guide_builds_a_pack() throws IOException {
        String policyYaml = BadRelease.POLICY;
        GateProfile profile = BadRelease.PROFILE;
        GateEvidence evidence = release.evidence;
        GateSituation situation = release.situation;
        VersionSwitch versionSwitch = release.release;
        Redactor redactor = Redactor.ofDefaults();
        Stream<String> lines = release.lines();

        EvidencePack pack = EvidencePack.builder(policyYaml, profile, evidence, situation)
                .redactor("llmops-redaction/2", text -> redactor.redact(text).text())
                .switchEvents(versionSwitch.events())
                .log(lines, EvidencePackBuilder.DEFAULT_REQUESTS)
                .build();
        Path written = pack.writeTo(reports); // reports/2026-11-28/support-v13, or pack.writeZip(file)

        assertThat(written).isDirectoryContaining("glob:**/summary.html");
    }

    @Test
    void the_folder_is_named_after_day_and_release() throws IOException {
        Path written = pack.writeTo(reports);

        String day = release.situation.now().toString().substring(0, 10);
        assertThat(written).isEqualTo(reports.resolve(day).resolve("support-v13"));
        assertThat(pack.writeTo(reports)).as("the same pack again").isEqualTo(written);
    }

    @Test
    void a_different_pack_never_overwrites_an_earlier_one() throws IOException {
        Path first = pack.writeTo(reports);
        EvidencePack other =
                release.pack().versions(release.baseline, release.baseline).build();

        assertThat(other.writeTo(reports)).isEqualTo(first.resolveSibling("support-v13-2"));
        assertThat(EvidencePack.read(first).digest()).isEqualTo(pack.digest());
    }

    @Test
    void a_zip_built_twice_is_equal_to_the_byte_and_reads_back() throws IOException {
        Path one = reports.resolve("one.zip");
        Path two = reports.resolve("two.zip");
        pack.writeZip(one);
        release.pack().build().writeZip(two);

        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(EvidencePack.read(one).digest()).isEqualTo(pack.digest());
    }

    private static Path zip(Path zip, String name, int zeros) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("manifest.json"));
            out.write("{}".getBytes(UTF_8));
            out.putNextEntry(new ZipEntry(name));
            byte[] block = new byte[1 << 20];
            for (int left = zeros; left > 0; left -= block.length) {
                out.write(block, 0, Math.min(left, block.length));
            }
        }
        return zip;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.txt", "a/../../evil.txt", "/evil.txt", "C:/evil.txt", "a\\..\\evil.txt", "a//b", "./a"})
    void a_name_that_leads_out_of_the_pack_is_refused(String name) throws IOException {
        Path zip = zip(reports.resolve("evil.zip"), name, 1);

        assertThatThrownBy(() -> EvidencePack.read(zip))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a name that leads elsewhere ('" + name + "')");
    }

    @Test
    void a_small_zip_of_a_large_file_is_refused() throws IOException {
        Path zip = zip(reports.resolve("bomb.zip"), "calls.jsonl", 257 << 20);

        assertThatThrownBy(() -> EvidencePack.read(zip))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the pack is too large (");
    }

    @Test
    void a_zip_that_ends_in_the_middle_is_refused() throws IOException {
        Path zip = zip(reports.resolve("torn.zip"), "calls.jsonl", 100_000);
        byte[] bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, 150)); // in the content of the second file

        assertThatThrownBy(() -> EvidencePack.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessage("the zip ends in the middle (" + zip + ")");
    }

    /** Before e-values had a form of their own, sentences wrote them as long decimals. */
    @Test
    void a_pack_of_an_earlier_version_that_words_its_sentences_otherwise_holds() throws IOException {
        Path written = pack.writeTo(reports);
        String earlier = pack.text("decision.json").replaceAll(", e \\S+ of", ", e 0.000000000000000000000193 of");
        Files.writeString(written.resolve("decision.json"), earlier);

        assertThat(earlier).isNotEqualTo(pack.text("decision.json"));
        assertThat(EvidencePack.read(written).replay().isSame()).isTrue();
    }

    @Test
    void a_zip_in_which_a_bit_was_changed_names_the_file() throws IOException {
        Path zip = reports.resolve("changed.zip");
        pack.writeZip(zip);
        byte[] bytes = Files.readAllBytes(zip);
        int at = new String(bytes, ISO_8859_1).indexOf("\"ROLL_BACK\"");
        bytes[at + 1] ^= 1;
        Files.write(zip, bytes);

        assertThatThrownBy(() -> EvidencePack.read(zip))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the zip was changed at decision.json (" + zip + ": invalid entry CRC");
    }

    @Test
    void every_changed_file_is_named_and_the_verdict_is_still_reached_or_says_what_it_lacks() throws IOException {
        Path written = pack.writeTo(reports);
        for (String name : pack.names()) {
            Path file = written.resolve(name);
            byte[] before = Files.readAllBytes(file);
            Files.write(file, before.length == 0 ? new byte[1] : Arrays.copyOf(before, before.length / 2));
            EvidencePack changed = EvidencePack.read(written);
            if (name.equals("manifest.json")) {
                assertThatThrownBy(changed::problems).hasMessageStartingWith("manifest.json is no JSON — ");
            } else {
                assertThat(changed.problems()).containsExactly(name + " was changed");
            }
            if (List.of("evidence.json", "policy.yml", "situation.json").contains(name)) {
                assertThatThrownBy(changed::replay)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(name + " of the pack cannot be read (")
                        .hasMessageEndingWith(" — take a copy of the pack that was not changed");
            } else {
                assertThat(changed.replay().isSame()).isEqualTo(!name.equals("decision.json"));
            }
            Files.write(file, before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc, ______etc",
        "a/b\\c:d, a_b_c_d",
        "Änderung 13 ✓, _nderung_13__",
        "., _",
        "'', _",
    })
    void a_release_of_any_name_has_a_folder_within_its_day(String changeId, String name) throws IOException {
        GateEvidence evidence = GateEvidence.empty(changeId);
        EvidencePack named = EvidencePack.builder(BadRelease.POLICY, BadRelease.PROFILE, evidence, release.situation)
                .redactor("none", UnaryOperator.identity())
                .build();
        String day = release.situation.now().toString().substring(0, 10);

        assertThat(named.writeTo(reports)).isEqualTo(reports.resolve(day).resolve(name));
        assertThat(named.replay().isSame()).isTrue();
    }

    @Test
    void a_very_long_name_is_cut() throws IOException {
        EvidencePack named = EvidencePack.builder(
                        BadRelease.POLICY, BadRelease.PROFILE, GateEvidence.empty("x".repeat(5_000)), release.situation)
                .redactor("none", UnaryOperator.identity())
                .build();

        assertThat(named.writeTo(reports).getFileName()).hasToString("x".repeat(100));
    }

    @Test
    void a_changed_file_is_found() throws IOException {
        Path written = pack.writeTo(reports);
        Files.writeString(
                written.resolve("decision.json"), pack.text("decision.json").replace("ROLL_BACK", "PROMOTE"));
        Files.delete(written.resolve("runbook.md"));
        Files.writeString(written.resolve("extra.txt"), "");

        EvidencePack changed = EvidencePack.read(written);

        assertThat(changed.problems())
                .containsExactly(
                        "decision.json was changed", "runbook.md is missing", "extra.txt is not in the manifest");
        assertThat(changed.replay().isSame()).isFalse();
    }

    @Test
    void nothing_of_people_leaves_unredacted() {
        assertThat(pack.names()).allSatisfy(name -> assertThat(pack.text(name)).doesNotContain("@example.com"));
        assertThat(pack.text("requests.jsonl")).contains("Write to [EMAIL");
    }

    @Test
    void a_file_that_cannot_be_redacted_is_left_out_and_named() {
        EvidencePack cautious = release.pack()
                .redactor("broken", text -> {
                    throw new IllegalStateException("bob@example.com");
                })
                .build();

        assertThat(cautious.names())
                .doesNotContain("requests.jsonl", "curl/01.sh")
                .contains("decision.json");
        assertThat(cautious.text("manifest.json"))
                .contains("\"requests.jsonl\" : \"the redactor failed: IllegalStateException\"")
                .doesNotContain("bob@example.com");
    }

    @Test
    void a_pack_without_a_redactor_is_refused() {
        EvidencePackBuilder builder =
                EvidencePack.builder(BadRelease.POLICY, BadRelease.PROFILE, release.evidence, release.situation);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("redactor is not set");
    }

    @Test
    void the_versions_of_the_log_and_their_difference_stand_in_it() {
        assertThat(pack.text("versions.json"))
                .contains(
                        "\"difference\" : {\n    \"prompt\" : {\n      \"after\" : \"v13\",\n      \"before\" : \"v12\"\n    }\n  }")
                .contains(release.baseline.id(), release.candidate.id());
    }

    @Test
    void half_of_the_requests_are_the_worst_ones() {
        List<String> requests = pack.text("requests.jsonl").lines().toList();

        assertThat(requests).hasSizeBetween(20, 40);
        assertThat(requests.stream().filter(line -> line.contains("\"status\":\"error\"")))
                .hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void the_runbook_says_what_happened_by_its_clock() {
        assertThat(pack.text("runbook.md"))
                .contains("| T+7 min | stop the loss | **DONE** | T+0 min by gate: roll\\_back: ")
                .contains("|  | restore | **OPEN** |  |");
    }

    @Test
    void a_verdict_that_no_switch_carried_out_leaves_the_loss_open() {
        EvidencePack unswitched = release.pack(false).build();

        assertThat(unswitched.text("runbook.md"))
                .contains("notice | **DONE** | T+0 min by gate: ROLL\\_BACK: ")
                .contains("stop the loss | **OPEN**");
    }

    @Test
    void a_request_is_reproduced_by_a_script_that_runs() throws Exception {
        Path script = Files.writeString(reports.resolve("01.sh"), pack.text("curl/01.sh"));
        Path curl = reports.resolve("curl");
        Files.writeString(curl, "#!/bin/sh\necho \"$2\"; cat\n");
        assertThat(curl.toFile().setExecutable(true)).isTrue();

        String said = run("sh", "-c", "PATH=" + reports + ":$PATH LLM_BASE_URL=http://llm sh " + script);

        assertThat(said.lines()).first().isEqualTo("http://llm/v1/chat/completions");
        assertThat(said)
                .contains("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Write to [EMAIL");
    }

    @Test
    void a_script_of_a_hundred_lines_recomputes_every_number() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed: the independent script was not run");
        Path written = pack.writeTo(reports);

        assertThat(run("python3", written.resolve("verify.py").toString()))
                .matches("\\n?\\d{2,} numbers recomputed, 0 differ\\n");
        assertThat(pack.text("verify.py").lines()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void the_script_finds_a_number_that_is_wrong() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed: the independent script was not run");
        Path written = pack.writeTo(reports);
        String decision = pack.text("decision.json");
        Files.writeString(written.resolve("decision.json"), decision.replaceFirst("\"e\" : \\d", "\"e\" : 99"));

        assertThat(run("python3", written.resolve("verify.py").toString()))
                .contains("decision errors e: printed")
                .contains("digest decision.json: printed");
    }

    private static boolean hasPython() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
