package dev.llmops.endings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The cells of one row, kept in a file below the module's {@code target}, from which {@link EndingsPage} is made. */
final class Results {

    static final String FOLDER = "target/endings";

    private static final Map<String, Results> ROWS = new ConcurrentHashMap<>();

    private final String row;
    private final Map<Ending, Cell> cells = new EnumMap<>(Ending.class);

    private Results(String row) {
        this.row = row;
    }

    static Results of(String row) {
        return ROWS.computeIfAbsent(row, Results::new);
    }

    synchronized void add(Ending ending, Cell cell) {
        cells.put(ending, cell);
        Properties properties = new Properties();
        properties.setProperty("row", row);
        cells.forEach((known, result) -> {
            properties.setProperty(known.name(), result.measured());
            properties.setProperty(known.name() + ".framework", result.framework());
        });
        try {
            Path file = Path.of(FOLDER, row.replaceAll("[^A-Za-z0-9]+", "-") + ".properties");
            Files.createDirectories(file.getParent());
            try (var out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
