package dev.llmops.samples.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.usage.UsageReading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderChunkTest {

    private static ProviderChunk read(String json) throws Exception {
        return new ChoicesReader(1, true).read(null, json);
    }

    @Test
    void a_chunk_tells_all_that_decides_its_bill() throws Exception {
        ProviderChunk chunk = read("""
                {"model": "m", "service_tier": "flex", "choices": [], "usage": {"prompt_tokens": 120,
                  "completion_tokens": 30, "cost": 0.0025, "prompt_tokens_details": {"cached_tokens": 100}}}""");

        assertThat(chunk.usage()).isEqualTo(TokenUsage.inclusive(120, 30).cachedInput(100));
        assertThat(chunk.usageOnly()).isTrue();
        assertThat(chunk.billing())
                .isEqualTo(Map.of(
                        UsageReading.SERVICE_TIER_ATTRIBUTE, "flex", UsageReading.REPORTED_COST_ATTRIBUTE, "0.0025"));
    }

    @Test
    void a_chunk_without_readable_usage_has_none() throws Exception {
        assertThat(read("{\"choices\": [], \"usage\": null}").usage()).isNull();
        assertThat(read("{\"choices\": [], \"usage\": {\"prompt_tokens\": \"many\"}}")
                        .usage())
                .isNull();
    }
}
