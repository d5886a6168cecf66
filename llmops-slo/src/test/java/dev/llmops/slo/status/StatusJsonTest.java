package dev.llmops.slo.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.internal.Yaml;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatusJsonTest {

    private static final Objective OBJECTIVE = Objective.builder("answers")
            .indicator(Indicator.availability())
            .target(0.9)
            .groupBy(Dimension.MODEL)
            .build();

    private static final Exclusion MOVE = Exclusion.ofAll(
            Instant.parse("2025-12-31T20:00:00Z"), Instant.parse("2025-12-31T21:00:00Z"), "ana", "the index was moved");

    private static SloStatus status(Counts counts) {
        return SloStatus.of(
                OBJECTIVE,
                new Measurement(
                        Map.of(Dimension.MODEL, "gpt-4o"),
                        Measurement.View.FLEET,
                        new Replicas(2, 3),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        counts,
                        0.5,
                        Map.of(),
                        List.of(MOVE),
                        List.of("partial")));
    }

    private static JsonNode json(Counts counts) {
        return Yaml.readJson(StatusJson.write(List.of(status(counts))))
                .get("objectives")
                .get(0);
    }

    @Test
    void statusIsWrittenWithItsNumbers() {
        JsonNode json = json(new Counts(5, 100));
        assertThat(json.get("name").asString()).isEqualTo("answers");
        assertThat(json.get("group").get("model").asString()).isEqualTo("gpt-4o");
        assertThat(json.get("target").decimalValue()).isEqualByComparingTo("0.9");
        assertThat(json.get("window").asString()).isEqualTo("30d");
        assertThat(json.get("status").asString()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(json.get("events").asDouble()).isEqualTo(100);
        assertThat(json.get("error_ratio").asDouble()).isEqualTo(0.05);
        assertThat(json.get("budget_remaining").asDouble()).isEqualTo(0.5);
        assertThat(json.get("coverage").asDouble()).isEqualTo(0.5);
        assertThat(json.get("view").asString()).isEqualTo("FLEET");
        assertThat(json.get("notes").get(0).asString()).isEqualTo("partial");
        assertThat(json.get("alerts").get(0).get("state").asString()).isEqualTo("NO_DATA");
        assertThat(json.get("reason").asString()).contains("5 of 100 events were bad");
    }

    @Test
    void unknown_isNullAndNotZero() {
        JsonNode json = json(Counts.NONE);
        for (String field : List.of("error_ratio", "budget_remaining", "error_ratio_upper", "seconds_to_exhaustion")) {
            assertThat(json.has(field)).isTrue();
            assertThat(json.get(field).isNull()).isTrue();
        }
    }

    @Test
    void eventRulesStandBeside() {
        EventRuleStatus rule = new EventRuleStatus(
                EventRule.never("no-leak", "leak"), Measurement.View.INSTANCE, Instant.EPOCH, 1, 10);
        JsonNode json = Yaml.readJson(StatusJson.write(List.of(rule)))
                .get("event_rules")
                .get(0);
        assertThat(json.get("state").asString()).isEqualTo("FIRING");
        assertThat(json.get("events").asInt()).isEqualTo(1);
    }

    @Test
    void excluded_time_is_written_with_who_and_why() {
        JsonNode exclusion = json(new Counts(5, 100)).get("exclusions").get(0);
        assertThat(exclusion.toString())
                .isEqualTo("{\"from\":\"2025-12-31T20:00:00Z\",\"to\":\"2025-12-31T21:00:00Z\",\"by\":\"ana\","
                        + "\"reason\":\"the index was moved\"}");
    }

    @Test
    void a_composite_is_written_with_its_members_and_slices() {
        CompositeStatus status = new CompositeStatus(
                CompositeObjective.ofTimeSlices("all", new BigDecimal("0.9"), "answers", "others"),
                List.of(status(new Counts(50, 100)), status(new Counts(0, 100))),
                new Counts(5, 100));
        JsonNode json = Yaml.readJson(StatusJson.write(List.of(status)))
                .get("composites")
                .get(0);
        assertThat(json.get("members").toString()).isEqualTo("[\"answers\",\"others\"]");
        assertThat(json.get("status").asString()).isEqualTo("BREACHED");
        assertThat(json.get("budgeting").asString()).isEqualTo("time_slices");
        assertThat(json.get("bad_slices").asInt()).isEqualTo(5);
        assertThat(json.get("budget_remaining").asDouble()).isEqualTo(0.5);
    }

    @Test
    void replicas_are_written_and_unknown_ones_are_null() {
        JsonNode fleet = json(new Counts(5, 100)).get("replicas");
        assertThat(fleet.get("reporting").asInt()).isEqualTo(2);
        assertThat(fleet.get("known").asInt()).isEqualTo(3);
        SloStatus own = Statuses.ofInstance(Instant.EPOCH);
        assertThat(Yaml.readJson(Yaml.writeJson(StatusJson.toMap(own)))
                        .get("replicas")
                        .get("known")
                        .isNull())
                .isTrue();
    }

    @Test
    void the_instance_stands_beside_the_fleet() {
        JsonNode json = Yaml.readJson(
                StatusJson.write(List.of(status(new Counts(5, 100))), List.of(Statuses.ofInstance(Instant.EPOCH))));
        assertThat(json.get("view").asString()).isEqualTo("FLEET");
        assertThat(json.get("instance").get("view").asString()).isEqualTo("INSTANCE");
        assertThat(json.get("instance").get("objectives").get(0).get("status").asString())
                .isEqualTo("MET");
    }
}
