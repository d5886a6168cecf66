package dev.llmops.samples.gateway;

import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The environment that a gateway runs in.
 *
 * @param variables the environment variables of the process
 * @param clock the wall clock
 * @param output gets one line for each call
 * @param spanProcessors additional span processors, besides the exporter
 */
record GatewayEnvironment(
        Map<String, String> variables, Clock clock, OutputStream output, List<SpanProcessor> spanProcessors) {

    /** Returns the environment of this process. */
    static GatewayEnvironment ofProcess() {
        return new GatewayEnvironment(
                System.getenv(), Clock.systemUTC(), new FileOutputStream(FileDescriptor.out), List.of());
    }
}
