package dev.llmops.logging.backends;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** slf4j-simple. */
public final class SimpleProbe extends Probe {

    private Path file = Path.of(".");

    @Override
    protected void open(Path folder) {
        file = folder.resolve("simple.log");
        System.setProperty("org.slf4j.simpleLogger.logFile", file.toString());
        LoggerFactory.getLogger("opened"); // reads the property
        System.clearProperty("org.slf4j.simpleLogger.logFile");
    }

    @Override
    protected void close() throws Exception {
        for (String line : Files.readString(file).split("\n")) {
            output(line.contains(" llmops - ") ? WARNINGS : "simple").add(line);
        }
    }
}
