package dev.llmops.logging;

import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.DefaultLoggingEventBuilder;
import org.slf4j.spi.LoggingEventAware;

/**
 * Looks for back ends that would lose records in a mode. Nothing is logged for the test: it looks at the class names of
 * logback's appenders and encoders, by reflection, since logback is no dependency. What it cannot see it does not judge.
 */
final class BackEndCheck {

    private static final String REMEDY = "use CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON)";

    private final CallLog.Mode mode;

    private BackEndCheck(CallLog.Mode mode) {
        this.mode = mode;
    }

    /** Returns the problem with its remedy; empty if none can be seen. */
    static Optional<String> of(Logger logger, CallLog.Mode mode) {
        if (mode == CallLog.Mode.MESSAGE_JSON) {
            return Optional.empty();
        }
        if (printsPairsIntoMessages(logger)) {
            return Optional.of(logger.getClass().getName() + " prints key-value pairs into the message; " + REMEDY);
        }
        try {
            return Optional.ofNullable(new BackEndCheck(mode).judgeLogback(logger));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns true if SLF4J merges pairs into the message, since the logger does not take events. */
    static boolean printsPairsIntoMessages(Logger logger) {
        return !(logger instanceof LoggingEventAware)
                && logger.makeLoggingEventBuilder(Level.ERROR).getClass() == DefaultLoggingEventBuilder.class;
    }

    /** Returns true if the back end is one that cuts long strings and knows no objects. */
    static boolean printsObjectsAsStrings(Logger logger) {
        return logger.getClass().getName().startsWith("org.apache.logging.slf4j.");
    }

    private @Nullable String judgeLogback(Logger logger) throws ReflectiveOperationException {
        if (!logger.getClass().getName().equals("ch.qos.logback.classic.Logger")) {
            return null;
        }
        Object context = call(logger, "getLoggerContext");
        Object current = logger;
        String name = logger.getName();
        while (true) {
            String problem = judgeAppendersOf(current);
            if (problem != null || name.isEmpty() || call(current, "isAdditive").equals(false)) {
                return problem;
            }
            name = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
            current = context.getClass()
                    .getMethod("getLogger", String.class)
                    .invoke(context, name.isEmpty() ? Logger.ROOT_LOGGER_NAME : name);
        }
    }

    private @Nullable String judgeAppendersOf(Object attachable) throws ReflectiveOperationException {
        Iterator<?> appenders = (Iterator<?>) call(attachable, "iteratorForAppenders");
        while (appenders.hasNext()) {
            String problem = judge(appenders.next());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String judge(Object appender) throws ReflectiveOperationException {
        String type = appender.getClass().getName();
        if (type.startsWith("io.opentelemetry.instrumentation.logback.appender.")) {
            return judgeOpenTelemetry(appender);
        }
        if (type.endsWith(".AsyncAppender") || type.endsWith(".SiftingAppender")) {
            return type.endsWith(".AsyncAppender") ? judgeAppendersOf(appender) : null;
        }
        Object encoder = hasMethod(appender, "getEncoder") ? call(appender, "getEncoder") : null;
        return encoder == null ? null : judgeEncoder(encoder);
    }

    private @Nullable String judgeEncoder(Object encoder) throws ReflectiveOperationException {
        String type = encoder.getClass().getName();
        if (type.equals("co.elastic.logging.logback.EcsEncoder")) {
            return type + " drops key-value pairs, and so the record; " + REMEDY;
        }
        if (type.equals("ch.qos.logback.classic.encoder.PatternLayoutEncoder")) {
            String pattern = String.valueOf(call(encoder, "getPattern"));
            if (!pattern.contains("%kvp")) {
                return "the pattern '" + pattern + "' prints no key-value pairs, and so not the record; add %kvp or "
                        + REMEDY;
            }
            return mode == CallLog.Mode.FLAT ? "the pattern's %kvp does not escape quotes in values; " + REMEDY : null;
        }
        return null;
    }

    private static @Nullable String judgeOpenTelemetry(Object appender) {
        return isSwitchedOn(appender, "captureKeyValuePairAttributes")
                        || isSwitchedOn(appender, "keyValuePairAttributesIncluded")
                        || isSwitchedOn(appender, "keyValuePairAttributes")
                ? null
                : "OpenTelemetryAppender drops key-value pairs by default, and so the record; set its"
                        + " keyValuePairAttributesIncluded to *, or log to OtelLogSink instead";
    }

    /** The appender has setters only; a field that is not there or not readable counts as not switched on. */
    private static boolean isSwitchedOn(Object appender, String name) {
        try {
            Field field = appender.getClass().getDeclaredField(name);
            field.setAccessible(true);
            Object value = field.get(appender);
            return value != null && !value.equals(false) && !value.toString().equals("[]");
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    private static boolean hasMethod(Object target, String name) {
        try {
            return target.getClass().getMethod(name) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
