package dev.llmops.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * Writes entries to SLF4J at level INFO, each to the logger of its name, such as {@code llmops.call}. Thread-safe.
 *
 * <p>A key of the application's own in the MDC that would clash with ours loses nothing: the record then goes by the key
 * {@code llmops_record}.
 *
 * <p>See docs/decisions/logging.md#a-clash-with-the-mdc-moves-the-record-not-the-applications-value.
 *
 * @since 0.1.0
 */
public final class Slf4jSink implements LogSink {

    /**
     * Maximum length of a record in characters where it is one string, which is in mode {@link CallLog.Mode#MESSAGE_JSON} and
     * on Log4j: {@value}. Log4j's JSON layout cuts strings not far above that.
     */
    public static final int MAX_STRING_CHARACTERS = 16_000;

    private static final Logger LOG = LoggerFactory.getLogger("llmops");
    private static final String RECORD_KEY = "llmops";
    private static final String SPARE_RECORD_KEY = "llmops_record";
    private static final String EVENT_NAME_KEY = "otel.event.name";
    private static final SizeCap STRING_CAP = new SizeCap(MAX_STRING_CHARACTERS, JsonSize.CHARACTERS);

    private static final boolean HAS_DATABIND = isPresent("tools.jackson.databind.JacksonSerializable");

    private final CallLog.Mode mode;
    private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private final AtomicBoolean saidThatKeysClash = new AtomicBoolean();

    private Slf4jSink(CallLog.Mode mode) {
        this.mode = mode;
    }

    /**
     * A sink in a mode of choice. Looks at the back end, and warns once if it is one that would lose data in this mode.
     *
     * @param mode how records are handed over
     * @return a sink
     */
    public static Slf4jSink of(CallLog.Mode mode) {
        Slf4jSink sink = new Slf4jSink(mode);
        BackEndCheck.of(sink.logger(CallLog.CALL), mode).ifPresent(LOG::warn);
        return sink;
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, Slf4jSink.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private Logger logger(String name) {
        return loggers.computeIfAbsent(name, LoggerFactory::getLogger);
    }

    @Override
    public boolean isEnabled(String name) {
        return logger(name).isInfoEnabled();
    }

    @Override
    public void write(LogEntry whole) {
        Logger logger = logger(whole.name());
        LoggingEventBuilder event = logger.makeLoggingEventBuilder(Level.INFO);
        if (event instanceof NOPLoggingEventBuilder) {
            return;
        }
        LogEntry entry = fitting(logger, whole);
        if (mode == CallLog.Mode.MESSAGE_JSON && BackEndCheck.printsPairsIntoMessages(logger)) {
            logger.info(entry.json());
            return;
        }
        addPairs(event, entry);
        event.log(message(entry));
    }

    @Override
    public void warmUp(LogEntry sample) {
        Logger logger = logger(sample.name());
        LogEntry entry = fitting(logger, sample);
        addPairs(logger.makeLoggingEventBuilder(Level.INFO), entry);
        var unusedMessage = message(entry);
        var unusedText = entry.json();
    }

    private LogEntry fitting(Logger logger, LogEntry whole) {
        return mode == CallLog.Mode.MESSAGE_JSON || BackEndCheck.printsObjectsAsStrings(logger)
                ? whole.within(STRING_CAP)
                : whole;
    }

    private String message(LogEntry entry) {
        return mode == CallLog.Mode.MESSAGE_JSON ? entry.json() : entry.message();
    }

    private void addPairs(LoggingEventBuilder event, LogEntry entry) {
        Keys keys = keys();
        if (mode == CallLog.Mode.NESTED) {
            add(event, keys.record, nested(entry));
        } else if (mode == CallLog.Mode.FLAT) {
            FlatFields.forEach(entry::writeTo, (key, value) -> add(event, keys.flat(key), value));
        }
        if (keys.eventNameIsFree) {
            add(event, EVENT_NAME_KEY, entry.name());
        }
    }

    private static Object nested(LogEntry entry) {
        return HAS_DATABIND ? BackEndRecord.of(entry) : entry.map().harmless();
    }

    private static void add(LoggingEventBuilder event, String key, Object value) {
        var unused = event.addKeyValue(key, value); // the builder itself
    }

    private record Keys(String record, boolean eventNameIsFree) {

        static final Keys USUAL = new Keys(RECORD_KEY, true);

        String flat(String key) {
            return record.equals(RECORD_KEY) ? key : record + key.substring(RECORD_KEY.length());
        }
    }

    /** Some back ends lose an event, without a word, when a pair and the MDC hold the same key, or one within another. */
    private Keys keys() {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        if (mdc == null || mdc.isEmpty()) {
            return Keys.USUAL;
        }
        boolean recordIsFree = mdc.keySet().stream().noneMatch(key -> clash(key, RECORD_KEY));
        boolean eventNameIsFree = mdc.keySet().stream().noneMatch(key -> clash(key, EVENT_NAME_KEY));
        if (!recordIsFree && saidThatKeysClash.compareAndSet(false, true)) {
            LOG.warn(
                    "the MDC holds a key that is '{}' or lies below it, so log records go by the key '{}' there; rename it",
                    RECORD_KEY,
                    SPARE_RECORD_KEY);
        }
        return new Keys(recordIsFree ? RECORD_KEY : SPARE_RECORD_KEY, eventNameIsFree);
    }

    private static boolean clash(String mdcKey, String ours) {
        return mdcKey.equals(ours) || mdcKey.startsWith(ours + '.') || ours.startsWith(mdcKey + '.');
    }
}
