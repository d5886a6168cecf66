package dev.llmops.logging.backends;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;

/** Encoders of jars that only the probe's class loader has. */
final class Encoders {

    private Encoders() {}

    @SuppressWarnings("unchecked")
    static Encoder<ILoggingEvent> named(String className) throws ReflectiveOperationException {
        return (Encoder<ILoggingEvent>)
                Class.forName(className).getDeclaredConstructor().newInstance();
    }
}
