package dev.llmops.logging.backends;

import java.nio.file.Path;

/** logstash-logback-encoder. */
public final class LogstashProbe extends LogbackProbe {

    @Override
    protected void addAppenders(Path folder) throws Exception {
        add("logstash", Encoders.named("net.logstash.logback.encoder.LogstashEncoder"), folder);
    }
}
