package dev.llmops.logging.backends;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** logback with its own encoders; the base of all that build on logback. */
public class LogbackProbe extends Probe {

    protected final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger logger = context.getLogger("llmops.call");
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    @Override
    protected void open(Path folder) throws Exception {
        context.reset();
        warnings.start();
        Logger own = context.getLogger("llmops");
        own.addAppender(warnings);
        addAppenders(folder);
    }

    protected void addAppenders(Path folder) throws Exception {
        add("json", new JsonEncoder(), folder);
        add("message", pattern("%msg%n"), folder);
        add("pairs", pattern("%level %logger %kvp %msg%n"), folder);
    }

    private PatternLayoutEncoder pattern(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }

    protected final void add(String name, Encoder<ILoggingEvent> encoder, Path folder) {
        Path file = folder.resolve(name + ".log");
        encoder.setContext(context);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setFile(file.toString());
        appender.start();
        files.put(name, file);
        add(appender);
    }

    protected final void add(Appender<ILoggingEvent> appender) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    @Override
    protected void setLevel(boolean enabled) {
        logger.setLevel(enabled ? Level.INFO : Level.WARN);
    }

    @Override
    protected void close() throws Exception {
        for (ILoggingEvent event : warnings.list) {
            if (event.getLoggerName().equals("llmops")) {
                output(WARNINGS).add(event.getFormattedMessage());
            }
        }
        context.stop();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            for (String line : Files.readString(file.getValue()).split("\n")) {
                if (!line.isEmpty() && !isOwnWarning(line)) {
                    output(file.getKey()).add(line);
                }
            }
        }
    }

    /** The log's own warnings come through the same appenders; they are judged apart. */
    private boolean isOwnWarning(String line) {
        return warnings.list.stream()
                .filter(event -> event.getLoggerName().equals("llmops"))
                .anyMatch(event -> line.contains(event.getFormattedMessage().substring(0, 20)));
    }
}
