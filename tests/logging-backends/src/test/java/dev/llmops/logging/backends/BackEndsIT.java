package dev.llmops.logging.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.llmops.logging.CallLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The event arrives, parses, validates and cannot be forged, in every mode, on every back end that there is for. */
class BackEndsIT {

    private static final Validator VALIDATOR = new ValidatorFactory().createValidator();
    private static final URI SCHEMA = VALIDATOR.registerSchema(schema());

    private static String schema() {
        try (InputStream schema = CallLog.class.getClassLoader().getResourceAsStream(CallLog.SCHEMA_RESOURCE)) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final Set<JsonNode> KNOWN_TO_BE_VALID = new HashSet<>();

    /** Records that differ in their call ids alone are judged once. */
    private static void assertValid(JsonNode record) {
        JsonNode like = record.deepCopy().asObject().put("call_id", "00000000-0000-7000-8000-000000000000");
        if (!KNOWN_TO_BE_VALID.contains(like)) {
            assertThat(VALIDATOR.validate(SCHEMA, record.toString()).isValid())
                    .as(record.toString())
                    .isTrue();
            KNOWN_TO_BE_VALID.add(like);
        }
    }

    private static void assertNoTrickery(BackEnd.Result result) {
        assertThat(result.lines()).hasSameSizeAs(result.expected()).noneMatch(Hostile::isIn);
    }

    private static List<JsonNode> nested(BackEnd.Result result, String key) {
        List<JsonNode> records = new ArrayList<>();
        result.lines().forEach(line -> records.add(Reading.nested(result.backEnd().place, line, key)));
        records.forEach(BackEndsIT::assertValid);
        return records;
    }

    private static List<JsonNode> messages(BackEnd.Result result) {
        List<JsonNode> records = new ArrayList<>();
        result.lines().forEach(line -> records.add(Reading.message(result.backEnd().place, line)));
        records.forEach(BackEndsIT::assertValid);
        return records;
    }

    private static List<JsonNode> expected(BackEnd.Result result) {
        return result.expected().stream().map(Reading::tree).toList();
    }

    @EachThatWritesPairs
    void nested_every_record_arrives_whole(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "NESTED");
        assertThat(nested(result, "llmops")).isEqualTo(expected(result)).hasSize(5);
        assertNoTrickery(result);
    }

    @EachThatWritesPairs
    void nested_nothing_can_be_forged(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.HOSTILE, "NESTED");
        assertNoTrickery(result);
        List<JsonNode> harmless = Reading.harmless(expected(result));
        assertThat(nested(result, "llmops"))
                .isEqualTo(backEnd.losesSupplementaryCharacters ? Reading.withoutSupplementary(harmless) : harmless);
    }

    @ParameterizedTest
    @EnumSource
    void as_message_every_record_arrives_whole(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.ORDINARY, "MESSAGE_JSON");
        assertThat(messages(result)).isEqualTo(expected(result)).hasSize(5);
        assertNoTrickery(result);
    }

    @ParameterizedTest
    @EnumSource
    void as_message_nothing_can_be_forged(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.HOSTILE, "MESSAGE_JSON");
        assertNoTrickery(result);
        assertThat(messages(result)).isEqualTo(expected(result));
    }

    @ParameterizedTest
    @EnumSource
    void as_message_a_large_record_is_cut_and_not_broken(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.LARGE, "MESSAGE_JSON");
        assertNoTrickery(result);
        JsonNode record = messages(result).get(0);
        assertThat(record.toString().length()).isBetween(8_000, 16_000);
        assertThat(record.get("truncated_fields").size()).isEqualTo(2);
    }

    @EachThatWritesPairs
    void nested_a_large_record_is_cut_and_not_broken(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.LARGE, "NESTED");
        assertNoTrickery(result);
        assertThat(nested(result, "llmops").get(0).get("truncated_fields").size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_15_JSON", "LOGBACK_16_JSON", "LOGSTASH", "SPRING_BOOT_ECS", "SPRING_BOOT_GELF"})
    void levels_that_change_under_many_threads_tear_nothing(BackEnd backEnd) throws Exception {
        BackEnd.Result result = backEnd.play(Scenario.LEVEL_CHANGES, "NESTED");
        assertThat(result.expected()).hasSize(Scenario.THREADS * Scenario.CALLS_PER_THREAD);
        List<JsonNode> logged = nested(result, "llmops");
        Set<JsonNode> known = new HashSet<>(expected(result));
        assertThat(known).containsAll(logged);
        assertThat(new HashSet<>(logged)).hasSameSizeAs(logged);
    }
}
