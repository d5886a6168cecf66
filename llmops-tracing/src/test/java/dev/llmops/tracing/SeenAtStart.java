package dev.llmops.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A sampler that keeps everything, and remembers the names of the attributes it was shown. */
final class SeenAtStart implements Sampler {

    private final Set<String> names = new ConcurrentSkipListSet<>();

    Set<String> names() {
        return names;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        attributes.asMap().keySet().stream().map(AttributeKey::getKey).forEach(names::add);
        return SamplingResult.recordAndSample();
    }

    @Override
    public String getDescription() {
        return "keeps everything";
    }
}
