package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.metrics.instrument.Profile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenAiProfilesTest {

    private static final String GPT =
            "{gen_ai_operation_name=chat,gen_ai_provider_name=openai,gen_ai_request_model=gpt-4o,"
                    + "gen_ai_response_model=gpt-4o-2024-08-06,server_address=api.openai.com,server_port=443}";
    private static final String CLAUDE =
            "{gen_ai_operation_name=chat,gen_ai_provider_name=anthropic,gen_ai_request_model=claude-opus,"
                    + "gen_ai_response_model=,server_address=,server_port=}";

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private Map<String, Double> run(Profile... profiles) {
        new Traffic(PrometheusSignals.on(registry, GoldenSignals.builder().profiles(profiles))).run();
        return Scrape.of(registry);
    }

    private static String with(String labels, String label) {
        String[] all =
                labels.substring(1, labels.length() - 1).concat("," + label).split(",", -1);
        Arrays.sort(all);
        return "{" + String.join(",", all) + "}";
    }

    @Test
    void a_completed_call_shows_under_the_current_names() {
        assertThat(run(Profile.GEN_AI))
                .containsEntry("gen_ai_client_operation_duration_seconds_sum" + with(GPT, "error_type="), 1.027)
                .containsEntry("gen_ai_client_operation_time_to_first_chunk_seconds_sum" + GPT, 0.492)
                .containsEntry("gen_ai_client_token_usage_sum" + with(GPT, "gen_ai_token_type=input"), 812.0)
                .containsEntry("gen_ai_client_token_usage_sum" + with(GPT, "gen_ai_token_type=output"), 10.0);
    }

    @Test
    void a_failed_call_has_the_type_of_its_error() {
        assertThat(run(Profile.GEN_AI))
                .containsEntry(
                        "gen_ai_client_operation_duration_seconds_count"
                                + with(CLAUDE, "error_type=java.util.concurrent.TimeoutException"),
                        1.0);
    }

    @Test
    void estimated_tokens_do_not_show() {
        String unknownModel = GPT.replace("gpt-4o-2024-08-06", "")
                .replace("api.openai.com", "")
                .replace("443", "");
        assertThat(run(Profile.GEN_AI))
                .containsEntry("gen_ai_client_token_usage_sum" + with(unknownModel, "gen_ai_token_type=input"), 0.0);
    }

    @Test
    void after_the_renaming_inference_has_its_own_names_and_the_old_one_is_for_other_operations() {
        Map<String, Double> series = run(Profile.GEN_AI_NEXT);
        assertThat(series)
                .containsEntry("gen_ai_client_inference_duration_seconds_sum" + with(GPT, "error_type="), 1.027)
                .containsEntry("gen_ai_client_inference_operation_input_tokens_sum" + with(GPT, "error_type="), 812.0)
                .containsEntry(
                        "gen_ai_client_inference_usage_cache_read_input_tokens_total"
                                + with(GPT, "gen_ai_token_modality=unknown"),
                        512.0)
                .containsEntry(
                        "gen_ai_client_inference_usage_cache_write_input_tokens_total"
                                + with(CLAUDE, "gen_ai_token_modality=unknown"),
                        20.0)
                .containsEntry(
                        "gen_ai_client_inference_usage_reasoning_output_tokens_total"
                                + with(CLAUDE, "gen_ai_token_modality=unknown"),
                        3.0)
                .containsEntry(
                        "gen_ai_execute_tool_duration_seconds_sum{error_type=timeout,gen_ai_tool_name=search}", 0.08);
        assertThat(series.keySet())
                .filteredOn(key -> key.startsWith("gen_ai_client_operation_duration_seconds_count"))
                .singleElement()
                .asString()
                .contains("gen_ai_operation_name=embeddings");
    }

    @Test
    void with_both_profiles_no_call_is_counted_twice_under_the_name_that_both_have() {
        double calls = run(Profile.GEN_AI, Profile.GEN_AI_NEXT).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("gen_ai_client_operation_duration_seconds_count"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        assertThat(calls).isEqualTo(9);
    }

    @Test
    void a_profile_that_is_not_asked_for_leaves_no_trace() {
        assertThat(run(Profile.GEN_AI).keySet()).allMatch(key -> key.startsWith("gen_ai_"));
        PrometheusRegistry other = new PrometheusRegistry();
        new Traffic(PrometheusSignals.on(other)).run();
        assertThat(Scrape.of(other).keySet()).allMatch(key -> key.startsWith("llm_"));
    }

    @Test
    void micrometer_shows_the_same_numbers() {
        PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new Traffic(GoldenSignals.builder().profiles(Profile.values()).on(micrometer)).run();
        Map<String, Double> expected = run(Profile.values());
        Map<String, Double> actual = Scrape.of(micrometer.getPrometheusRegistry());
        actual.keySet().removeIf(key -> key.contains("_max{"));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.keySet().removeIf(key -> key.contains("_sum{"));
        assertThat(actual).containsAllEntriesOf(expected);
    }

    private static double failures(MeterRegistry micrometer, String where) {
        return micrometer
                .get("llm.telemetry.failures")
                .tag("where", where)
                .functionCounter()
                .count();
    }

    @Test
    void beside_a_framework_s_meter_of_the_same_name_ours_has_a_name_of_its_own() {
        PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Counter theirs = micrometer.counter("gen_ai.client.token.usage", "framework", "other");
        theirs.increment(5);
        new Traffic(GoldenSignals.builder()
                        .profiles(Profile.LLM, Profile.GEN_AI)
                        .on(micrometer))
                .run();
        assertThat(theirs.count()).isEqualTo(5);
        assertThat(micrometer.find("gen_ai.client.token.usage").meters()).containsExactly(theirs);
        assertThat(micrometer.find("llm.gen_ai.client.token.usage").summaries()).isNotEmpty();
        assertThat(micrometer.find("gen_ai.client.operation.duration").timers()).isNotEmpty();
        assertThat(failures(micrometer, "metrics.gen_ai.client.token.usage")).isEqualTo(1);
    }

    @Test
    void on_the_prometheus_client_too() {
        io.prometheus.metrics.core.metrics.Counter.builder()
                .name("gen_ai_client_token_usage")
                .help("theirs")
                .register(registry);
        Map<String, Double> series = run(Profile.LLM, Profile.GEN_AI);
        assertThat(series)
                .containsEntry("llm_gen_ai_client_token_usage_sum" + with(GPT, "gen_ai_token_type=input"), 812.0)
                .containsEntry("gen_ai_client_operation_duration_seconds_sum" + with(GPT, "error_type="), 1.027)
                .containsEntry("llm_telemetry_failures_total{where=metrics.gen_ai.client.token.usage}", 1.0);
    }
}
