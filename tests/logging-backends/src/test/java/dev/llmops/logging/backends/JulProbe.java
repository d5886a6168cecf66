package dev.llmops.logging.backends;

import java.nio.file.Path;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** java.util.logging with its simple formatter. */
public final class JulProbe extends Probe {

    private final Logger root = Logger.getLogger("llmops");
    private final Formatter formatter = new SimpleFormatter();
    private final StringBuffer written = new StringBuffer();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            if (event.getLoggerName().equals("llmops")) {
                output(WARNINGS).add(event.getMessage());
            } else {
                written.append(formatter.format(event));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    protected void open(Path folder) {
        root.setUseParentHandlers(false);
        root.addHandler(handler);
    }

    @Override
    protected void close() {
        root.removeHandler(handler);
        for (String line : written.toString().split("\n")) {
            output("jul").add(line);
        }
    }
}
