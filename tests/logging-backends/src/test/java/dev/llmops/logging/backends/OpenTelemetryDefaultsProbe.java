package dev.llmops.logging.backends;

import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;

/** The OpenTelemetry appender as it is when nobody sets it up. */
public final class OpenTelemetryDefaultsProbe extends OpenTelemetryProbe {

    @Override
    protected void configure(OpenTelemetryAppender appender) {}
}
