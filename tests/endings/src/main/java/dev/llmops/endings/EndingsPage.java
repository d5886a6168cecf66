package dev.llmops.endings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** Writes {@code docs/endings.md} from the results of all integrations. */
public final class EndingsPage {

    private static final String HEAD = """
            # How calls end

            Each integration below was run with the real framework against a provider that ends its answers in every way there
            is, bare and observed. The application saw the same in both runs; each call left one record with the outcome below,
            its span ended, nothing stayed in flight, and the connection was closed. This page is made from the results of those
            tests.

            """;

    private EndingsPage() {}

    /** Returns the whole page in Markdown. */
    public static String of(List<String> sections) {
        return HEAD + String.join("\n", sections);
    }

    /**
     * Returns a section for each way in which an integration was run.
     *
     * @param integrations the folder that holds a module for each integration, each with its results
     */
    public static List<String> sections(Path integrations) throws IOException {
        try (Stream<Path> files = Files.walk(integrations)) {
            List<Properties> rows = new ArrayList<>();
            for (Path file : files.filter(EndingsPage::isResult).toList()) {
                rows.add(read(file));
            }
            rows.sort(Comparator.comparing(row -> row.getProperty("row")));
            return rows.stream().map(EndingsPage::section).toList();
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties row = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            row.load(in);
        }
        return row;
    }

    private static boolean isResult(Path file) {
        return file.getParent() != null
                && file.getParent().endsWith(Results.FOLDER)
                && file.toString().endsWith(".properties");
    }

    private static String section(Properties row) {
        StringBuilder page = new StringBuilder();
        boolean compares = Stream.of(Ending.values())
                .anyMatch(ending ->
                        !row.getProperty(ending.name() + ".framework", "").isEmpty());
        page.append("## ").append(row.getProperty("row")).append("\n\n");
        page.append(
                compares
                        ? "| ending | llmops | the framework by itself |\n|---|---|---|\n"
                        : "| ending | llmops |\n|---|---|\n");
        for (Ending ending : Ending.values()) {
            page.append("| ")
                    .append(ending.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" | ")
                    .append(row.getProperty(ending.name(), "not run"))
                    .append(compares ? " | " + row.getProperty(ending.name() + ".framework", "") : "")
                    .append(" |\n");
        }
        return page.toString();
    }
}
