package dev.llmops.logging;

/**
 * The form in which a record is handed to SLF4J. All modes log the same record; they differ in which back ends keep it whole.
 *
 * @since 0.1.0
 */
public enum LogMode {

    /**
     * The whole record is the one key-value pair {@code llmops}: an object where the back end knows objects, JSON text
     * elsewhere. The message is a short text for people. The default.
     */
    NESTED,

    /**
     * Each field is a key-value pair of its own, such as {@code llmops.latency_ms.total}; for typed OpenTelemetry
     * attributes and GELF fields. Texts lose their control characters, since some back ends print pairs unescaped.
     */
    FLAT,

    /**
     * The record is the message, as JSON; for back ends that drop key-value pairs or print them into the message, such as
     * Elastic's encoder, plain patterns, slf4j-simple and java.util.logging.
     */
    MESSAGE_JSON
}
