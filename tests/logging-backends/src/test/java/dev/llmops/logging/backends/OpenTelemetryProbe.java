package dev.llmops.logging.backends;

import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** The OpenTelemetry appender, set up to keep key-value pairs. */
public class OpenTelemetryProbe extends LogbackProbe {

    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();

    @Override
    protected void addAppenders(Path folder) {
        OpenTelemetryAppender appender = new OpenTelemetryAppender();
        configure(appender);
        appender.setOpenTelemetry(OpenTelemetrySdk.builder()
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                        .build())
                .build());
        appender.setContext(context);
        appender.start();
        add(appender);
    }

    protected void configure(OpenTelemetryAppender appender) {
        appender.setKeyValuePairAttributesIncluded("*");
    }

    @Override
    protected void close() throws Exception {
        super.close();
        ObjectMapper json = new ObjectMapper();
        for (LogRecordData log : logs.getFinishedLogRecordItems()) {
            if (!log.getInstrumentationScopeInfo().getName().equals("llmops")) {
                Map<String, Object> attributes = new LinkedHashMap<>();
                log.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
                Map<String, Object> event = new LinkedHashMap<>();
                event.put("event_name", log.getEventName());
                event.put("body", log.getBodyValue().asString());
                event.put("attributes", attributes);
                output("opentelemetry").add(json.writeValueAsString(event));
            }
        }
    }
}
