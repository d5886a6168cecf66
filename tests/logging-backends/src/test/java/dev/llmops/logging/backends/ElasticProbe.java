package dev.llmops.logging.backends;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Path;

/** Elastic's logback-ecs-encoder. */
public final class ElasticProbe extends LogbackProbe {

    @Override
    protected void addAppenders(Path folder) throws Exception {
        Encoder<ILoggingEvent> encoder = Encoders.named("co.elastic.logging.logback.EcsEncoder");
        encoder.getClass().getMethod("setServiceName", String.class).invoke(encoder, "app");
        add("elastic", encoder, folder);
    }
}
