package dev.llmops.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of report pages with an index over them, {@code index.html}, which is rebuilt from the pages after each write;
 * so that several processes may write into one folder. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ReportFolder {

    /** Property of a page: its verdict, shown in the index. */
    public static final String VERDICT = "verdict";

    /** Property of a page: its date, shown in the index. */
    public static final String DATE = "date";

    /** Property of a page: a summary of its content, shown in the index. */
    public static final String SUMMARY = "summary";

    private static final String INDEX = "index.html";
    private static final int HEAD_LENGTH = 4096;
    private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>");
    private static final Pattern PROPERTY =
            Pattern.compile("<meta name=\"" + HtmlWriter.META + "([^\"]*)\" content=\"([^\"]*)\">");

    private final Path folder;

    /**
     * Creates a view of a folder.
     *
     * @param folder the folder; created by the first write
     */
    public ReportFolder(Path folder) {
        this.folder = folder;
    }

    private record Entry(String file, String title, Map<String, String> properties) {

        String property(String name) {
            return properties.getOrDefault(name, "");
        }
    }

    /**
     * Writes a page and rebuilds the index.
     *
     * @param name the file's name, without {@code .html}; characters that file systems refuse become {@code _}
     * @param page the page
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path write(String name, Page page) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9._ -]", "_") + ".html");
        replace(file, page.toHtml());
        replace(folder.resolve(INDEX), index().toHtml());
        return file;
    }

    /** Readers, and writers of the index in other processes, never see half a page. */
    private void replace(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(folder, ".report", ".tmp");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Page index() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".html"))
                    .filter(file -> !file.endsWith(INDEX))
                    .forEach(file -> entry(file).ifPresent(entries::add));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing((Entry entry) -> tone(entry) != Block.Tone.BAD)
                .thenComparing(Entry::title));
        long failed =
                entries.stream().filter(entry -> tone(entry) == Block.Tone.BAD).count();
        return Page.titled("Reports")
                .add(Block.paragraph("Reports: " + entries.size() + "; failed: " + failed))
                .add(new Block.Table(
                        "Reports",
                        List.of("verdict", "report", "summary", "date"),
                        entries.stream().map(ReportFolder::row).toList(),
                        "No report was written."))
                .build();
    }

    private static List<Inline> row(Entry entry) {
        String target = entry.file().replace(" ", "%20");
        return List.of(
                Inline.badge(entry.property(VERDICT), tone(entry)),
                Inline.link(entry.title(), target),
                Inline.text(entry.property(SUMMARY)),
                Inline.text(entry.property(DATE)));
    }

    private static Block.Tone tone(Entry entry) {
        return switch (entry.property(VERDICT)) {
            case "PASSED" -> Block.Tone.GOOD;
            case "FAILED" -> Block.Tone.BAD;
            default -> Block.Tone.NEUTRAL;
        };
    }

    private static Optional<Entry> entry(Path file) {
        String html;
        try {
            html = Files.readString(file);
        } catch (IOException e) {
            return Optional.empty(); // Deleted meanwhile, or no page of ours.
        }
        String head = html.substring(0, Math.min(html.length(), HEAD_LENGTH));
        Matcher title = TITLE.matcher(head);
        if (!title.find()) {
            return Optional.empty();
        }
        Map<String, String> properties = new TreeMap<>();
        Matcher property = PROPERTY.matcher(head);
        while (property.find()) {
            properties.put(property.group(1), Escape.unescapeHtml(property.group(2)));
        }
        return Optional.of(new Entry(
                String.valueOf(file.getFileName()), Escape.unescapeHtml(title.group(1)), Map.copyOf(properties)));
    }
}
