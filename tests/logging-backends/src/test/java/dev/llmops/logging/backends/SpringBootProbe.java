package dev.llmops.logging.backends;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Path;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Spring Boot's structured logging. */
public final class SpringBootProbe extends LogbackProbe {

    @Override
    protected void addAppenders(Path folder) throws Exception {
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        for (String format : new String[] {"ecs", "gelf", "logstash"}) {
            Encoder<ILoggingEvent> encoder =
                    Encoders.named("org.springframework.boot.logging.logback.StructuredLogEncoder");
            encoder.getClass().getMethod("setFormat", String.class).invoke(encoder, format);
            add(format, encoder, folder);
        }
    }
}
