module consumer {
    requires dev.llmops.core;
    requires dev.llmops.cost;
    requires dev.llmops.logging;
    requires dev.llmops.metrics;
    requires dev.llmops.redaction;
    requires dev.llmops.slo;
    requires dev.llmops.tracing;
    requires java.sql;
    requires micrometer.core;
}
