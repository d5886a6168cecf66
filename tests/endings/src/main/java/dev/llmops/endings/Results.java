package dev.llmops.endings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The cells of one row, kept in a file below the module's {@code target}, from which {@link EndingsPage} is made. */
final class Results {

    static final String FOLDER = "target/endings";

    private final String row;
    private final Path file;

    private Results(String row) {
        this.row = row;
        this.file = Path.of(FOLDER, row.replaceAll("[^A-Za-z0-9]+", "-") + ".properties");
    }

    static Results of(String row) {
        return new Results(row);
    }

    /** Writes a cell; the other cells stay, since a cell that failed may run again in another process. */
    void add(Ending ending, Cell cell) {
        Properties properties = new Properties();
        try {
            Files.createDirectories(file.getParent());
            if (Files.exists(file)) {
                try (var in = Files.newBufferedReader(file)) {
                    properties.load(in);
                }
            }
            properties.setProperty("row", row);
            properties.setProperty(ending.name(), cell.measured());
            properties.setProperty(ending.name() + ".framework", cell.framework());
            try (var out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
