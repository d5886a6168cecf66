package dev.llmops.metrics.saturation;

import static dev.llmops.metrics.instrument.Instrument.SERVER_KV_CACHE_UTILIZATION;
import static dev.llmops.metrics.instrument.Instrument.SERVER_QUEUE_SIZE;
import static dev.llmops.metrics.instrument.Instrument.SERVER_RUNNING;

import dev.llmops.metrics.instrument.Instrument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Metric names of an inference server for queue, running requests and key-value cache. A server may report one model in several
 * series, one per engine or rank: counts add up, and of caches the fullest is shown.
 */
@SuppressWarnings("ImmutableEnumChecker") // The list is never changed.
enum ServerDialect {
    VLLM(
            "model_name",
            is("vllm:num_requests_waiting", SERVER_QUEUE_SIZE),
            is("vllm:num_requests_running", SERVER_RUNNING),
            is("vllm:kv_cache_usage_perc", SERVER_KV_CACHE_UTILIZATION),
            is("vllm:gpu_cache_usage_perc", SERVER_KV_CACHE_UTILIZATION)),
    SGLANG(
            "model_name",
            is("sglang:num_queue_reqs", SERVER_QUEUE_SIZE),
            is("sglang:num_running_reqs", SERVER_RUNNING),
            is("sglang:token_usage", SERVER_KV_CACHE_UTILIZATION)),
    TGI("model_id", is("tgi_queue_size", SERVER_QUEUE_SIZE), is("tgi_batch_current_size", SERVER_RUNNING)),
    TENSORRT_LLM_IN_TRITON(
            "model",
            is("nv_trt_llm_request_metrics", "request_type", "waiting", SERVER_QUEUE_SIZE),
            is("nv_trt_llm_request_metrics", "request_type", "scheduled", SERVER_RUNNING),
            is("nv_trt_llm_kv_cache_block_metrics", "kv_cache_block_type", "fraction", SERVER_KV_CACHE_UTILIZATION)),
    TENSORRT_LLM_SERVE(
            "model_name",
            is("trtllm_num_requests_waiting", SERVER_QUEUE_SIZE),
            is("trtllm_num_requests_running", SERVER_RUNNING),
            is("trtllm_kv_cache_utilization", SERVER_KV_CACHE_UTILIZATION)),
    NIM(
            "model_name",
            is("num_requests_waiting", SERVER_QUEUE_SIZE),
            is("num_requests_running", SERVER_RUNNING),
            is("gpu_cache_usage_perc", SERVER_KV_CACHE_UTILIZATION)),
    /** The endpoint picker tells the averages of its pool, so these read as those of a typical server. */
    LLM_D(
            "model_name",
            is("llm_d_epp_average_queue_size", SERVER_QUEUE_SIZE),
            is("llm_d_epp_average_running_requests", SERVER_RUNNING),
            is("llm_d_epp_average_kv_cache_utilization", SERVER_KV_CACHE_UTILIZATION)),
    TRITON("model", is("nv_inference_pending_request_count", SERVER_QUEUE_SIZE));

    /** Every name that some dialect knows. */
    static final Set<String> NAMES = List.of(values()).stream()
            .flatMap(dialect -> dialect.rules.stream())
            .map(Rule::metric)
            .collect(Collectors.toUnmodifiableSet());

    private final String modelLabel;
    private final List<Rule> rules;

    ServerDialect(String modelLabel, Rule... rules) {
        this.modelLabel = modelLabel;
        this.rules = List.of(rules);
    }

    private record Rule(String metric, @Nullable String label, String labelValue, Instrument instrument) {

        boolean matches(Sample sample) {
            return metric.equals(sample.name()) && (label == null || labelValue.equals(sample.label(label)));
        }
    }

    private static Rule is(String metric, Instrument instrument) {
        return new Rule(metric, null, "", instrument);
    }

    private static Rule is(String metric, String label, String labelValue, Instrument instrument) {
        return new Rule(metric, label, labelValue, instrument);
    }

    /** Reads the samples of one server in the first dialect that fits; a server speaks one. */
    static List<SaturationProbe.Reading> read(String server, List<Sample> samples) {
        for (ServerDialect dialect : values()) {
            List<SaturationProbe.Reading> readings = dialect.translate(server, samples);
            if (!readings.isEmpty()) {
                return readings;
            }
        }
        return List.of();
    }

    private List<SaturationProbe.Reading> translate(String server, List<Sample> samples) {
        Map<Instrument, Map<String, Double>> byModel = new LinkedHashMap<>();
        for (Sample sample : samples) {
            for (Rule rule : rules) {
                if (rule.matches(sample) && !Double.isNaN(sample.value())) {
                    byModel.computeIfAbsent(rule.instrument, i -> new HashMap<>())
                            .merge(
                                    sample.label(modelLabel),
                                    sample.value(),
                                    rule.instrument == SERVER_KV_CACHE_UTILIZATION ? Math::max : Double::sum);
                }
            }
        }
        List<SaturationProbe.Reading> readings = new ArrayList<>();
        byModel.forEach((instrument, models) -> models.forEach((model, value) ->
                readings.add(new SaturationProbe.Reading(instrument, List.of(server, model), value))));
        return readings;
    }
}
