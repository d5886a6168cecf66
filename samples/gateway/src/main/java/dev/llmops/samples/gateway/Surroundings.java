package dev.llmops.samples.gateway;

import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a gateway finds around it.
 *
 * @param environment the process's variables
 * @param clock the wall clock
 * @param output gets one line for each call
 * @param spanProcessors what hears of spans beside the exporter
 */
record Surroundings(
        Map<String, String> environment, Clock clock, OutputStream output, List<SpanProcessor> spanProcessors) {

    /** Those of this process. */
    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(), Clock.systemUTC(), new FileOutputStream(FileDescriptor.out), List.of());
    }
}
