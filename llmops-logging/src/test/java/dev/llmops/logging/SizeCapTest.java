package dev.llmops.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class SizeCapTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is cut away from a record, if need be; everything else is its core. */
    private static final Set<String> NOT_CORE = Set.of("input", "output", "attributes", "truncated_fields");

    private static Logged withContent(int maxRecordBytes) {
        return new Logged(
                log -> log.maxRecordBytes(maxRecordBytes),
                ops -> ops.contentPolicy(ContentPolicy.builder()
                        .captureContent(true)
                        .showContent(true)
                        .build()));
    }

    private static String record(int maxRecordBytes, String input, String output) {
        Logged logged = withContent(maxRecordBytes);
        LlmCall call = logged.chat().requestId("r-1").traceId("t-1").start();
        call.usage(TokenUsage.inclusive(812, 333)).attribute("route", "a".repeat(200));
        call.input(input).output(output).finish("stop");
        return logged.entry().json();
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static JsonNode core(String json) {
        var core = JSON.readTree(json).asObject();
        core.remove(NOT_CORE);
        core.remove(Set.of("call_id"));
        return core;
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    @Test
    void a_record_at_the_limit_or_under_it_is_whole_and_one_over_it_is_cut() {
        String input = "测试😀\"".repeat(100);
        int whole = bytes(record(1_000_000, input, "ok"));
        assertThat(record(whole + 1, input, "ok")).doesNotContain("truncated_fields");
        assertThat(record(whole, input, "ok")).doesNotContain("truncated_fields");
        assertThat(record(whole - 1, input, "ok")).contains("truncated_fields");
        assertThat(bytes(record(whole - 1, input, "ok"))).isLessThanOrEqualTo(whole - 1);
    }

    @Test
    void a_long_text_keeps_its_head_and_tail_and_says_what_it_was() throws Exception {
        String input = "Begin " + "x".repeat(10_000) + " end";
        String json = record(2000, input, "short");
        JsonNode fields = JSON.readTree(json);
        assertThat(fields.get("input").asString())
                .startsWith("Begin xx")
                .contains("x[...]x")
                .endsWith("xx end");
        assertThat(fields.get("output").asString()).isEqualTo("short");
        JsonNode cut = fields.get("truncated_fields").get(0);
        assertThat(cut.get("field").asString()).isEqualTo("input");
        assertThat(cut.get("original_bytes").asInt()).isEqualTo(10_010);
        assertThat(cut.get("sha256").asString()).isEqualTo(sha256(input));
        assertThat(bytes(json)).isBetween(1990, 2000);
    }

    @Test
    void two_long_texts_share_the_room() {
        JsonNode fields = JSON.readTree(record(4000, "a".repeat(100_000), "b".repeat(5_000)));
        int input = fields.get("input").asString().length();
        int output = fields.get("output").asString().length();
        assertThat(input).isGreaterThan(1000).isCloseTo(output, org.assertj.core.data.Offset.offset(1));
    }

    @Provide
    Arbitrary<String> content() {
        return Arbitraries.of("测", "😀", "\"", "\n", "\u2028", "é", "a", "\u0000")
                .list()
                .ofMaxSize(400)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 300)
    void a_cut_never_breaks_a_character_nor_the_limit_and_leaves_the_core_alone(
            @ForAll("content") String input, @ForAll("content") String output, @ForAll @IntRange(max = 3000) int room) {
        String whole = record(1_000_000, input, output);
        int coreAlone = bytes(record(1, "", "")) + 800; // room for the list of cuts
        int limit = coreAlone + room;
        String json = record(limit, input, output);
        assertThat(bytes(json)).isLessThanOrEqualTo(limit);
        assertThat(core(json)).isEqualTo(core(whole));
        assertThat(json.chars().filter(c -> c == 0xFFFD).count()).isZero();
        LogSchema.assertValid(json);
    }

    @Test
    void attributes_go_after_the_texts_and_before_the_errors_message() {
        Logged logged = withContent(1200);
        LlmCall call = logged.chat().start();
        call.input("i".repeat(5000)).attribute("route", "a".repeat(1000));
        call.fail(CallError.of(ErrorKind.INTERNAL, "m".repeat(1000)));
        JsonNode fields = JSON.readTree(logged.entry().json());
        assertThat(fields.get("truncated_fields").findValuesAsString("field"))
                .containsExactly("input", "attributes", "error.message");
        assertThat(fields.get("error").get("kind").asString()).isEqualTo("internal");
        assertThat(fields.has("input")).isFalse();
        assertThat(bytes(logged.entry().json())).isLessThanOrEqualTo(1200);
    }

    @Test
    void a_cap_below_the_core_keeps_the_core_whole() {
        String json = record(1, "input", "output");
        assertThat(core(json)).isEqualTo(core(record(1_000_000, "input", "output")));
        assertThat(JSON.readTree(json).get("truncated_fields").findValuesAsString("field"))
                .containsExactly("input", "output", "attributes");
    }

    @Test
    void long_lists_keep_their_first_entries_and_their_count() {
        Logged logged = withContent(6000);
        LlmCall call = logged.chat().start();
        for (int i = 0; i < 256; i++) {
            call.tool("tool-" + i).close();
        }
        call.finish();
        JsonNode fields = JSON.readTree(logged.entry().json());
        JsonNode cut = fields.get("truncated_fields").get(0);
        assertThat(cut.get("field").asString()).isEqualTo("tool_calls");
        assertThat(cut.get("original_count").asInt()).isEqualTo(256);
        assertThat(fields.get("tool_calls").size()).isEqualTo(64);
        assertThat(fields.get("tool_calls").get(0).get("name").asString()).isEqualTo("tool-0");
        assertThat(bytes(logged.entry().json())).isLessThanOrEqualTo(6000);
    }

    @Test
    void the_default_cap_counts_bytes_and_not_characters() {
        Logged logged = withContent(CallLog.DEFAULT_MAX_RECORD_BYTES);
        logged.chat().start().input("测".repeat(100_000)).finish();
        assertThat(bytes(logged.entry().json()))
                .isBetween(CallLog.DEFAULT_MAX_RECORD_BYTES - 10, CallLog.DEFAULT_MAX_RECORD_BYTES);
    }

    @Test
    void a_cut_shows_in_the_fields_as_in_the_json() {
        Logged logged = withContent(2000);
        logged.chat().start().input("i".repeat(50_000)).finish();
        assertThat(logged.entry().fields()).hasToString(logged.entry().json());
        assertThat(logged.entry().fields().get("truncated_fields")).isInstanceOf(List.class);
        assertThat(((List<?>) logged.entry().fields().get("truncated_fields")).get(0))
                .isInstanceOf(Map.class);
    }

    @Test
    void a_second_cap_says_what_was_there_before_the_first() throws Exception {
        Logged logged = withContent(4000);
        String input = "i".repeat(50_000);
        LlmCall call = logged.chat().start();
        for (int i = 0; i < 40; i++) {
            call.tool("tool-" + i).close();
        }
        call.attribute("route", "a".repeat(1000)).input(input).finish();
        LogEntry once = logged.entry();
        LogEntry twice = once.within(new SizeCap(1500, JsonSize.CHARACTERS));
        assertThat(twice.json()).hasSizeLessThanOrEqualTo(1500);
        LogSchema.assertValid(twice.json());
        JsonNode cuts = JSON.readTree(twice.json()).get("truncated_fields");
        assertThat(cuts.findValuesAsString("field")).containsExactly("input", "attributes", "tool_calls");
        assertThat(cuts.get(0).get("original_bytes").asInt()).isEqualTo(50_000);
        assertThat(cuts.get(0).get("sha256").asString()).isEqualTo(sha256(input));
        assertThat(cuts.get(2).get("original_count").asInt()).isEqualTo(40);
    }

    @Test
    void of_many_risks_the_details_go_first_and_then_the_last_ones() {
        Logged logged = withContent(3000);
        LlmCall call = logged.chat().start();
        for (int i = 0; i < 10_000; i++) {
            call.risk(new RiskFinding("leak-" + i, "reported", "d".repeat(1000)));
        }
        call.finish();
        JsonNode fields = JSON.readTree(logged.entry().json());
        assertThat(fields.get("truncated_fields").findValuesAsString("field")).containsExactly("risk.detail", "risk");
        assertThat(fields.get("truncated_fields").get(1).get("original_count").asInt())
                .isEqualTo(256);
        assertThat(fields.get("risk").get(0).get("type").asString()).isEqualTo("leak-0");
        assertThat(bytes(logged.entry().json())).isLessThanOrEqualTo(3000);
    }

    @Test
    void a_risk_loses_its_detail_and_never_itself() {
        Logged logged = new Logged(
                log -> log.maxRecordBytes(1000),
                ops -> ops.contentPolicy(
                        ContentPolicy.builder().showEventTexts(true).build()));
        LlmCall call = logged.chat().requestId("r-1").start();
        call.risk(new RiskFinding("leak", "blocked", "d".repeat(5000))).finish();
        logged.llmops.risk("r-1", new RiskFinding("leak", "blocked", "d".repeat(5000)));
        assertThat(logged.ring.entries()).hasSize(2).allSatisfy(entry -> {
            LogSchema.assertValid(entry.json());
            assertThat(JSON.readTree(entry.json()).get("risk").toString())
                    .isEqualTo("[{\"type\":\"leak\",\"action\":\"blocked\"}]");
            assertThat(bytes(entry.json())).isLessThanOrEqualTo(1000);
        });
    }
}
