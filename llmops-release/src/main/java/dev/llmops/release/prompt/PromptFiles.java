package dev.llmops.release.prompt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a folder of prompts and checks it as a whole. */
final class PromptFiles {

    private static final long MAX_BYTES = 256 * 1_024;

    private final Path folder;
    private final Map<String, Set<String>> expected;
    private final SortedMap<String, Prompt> prompts = new TreeMap<>();
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private PromptFiles(Path folder, Map<String, Set<String>> expected) {
        this.folder = folder;
        this.expected = expected;
    }

    /**
     * Reads all files that are not hidden.
     *
     * @param expected the placeholders of prompts by name; others may have any
     * @throws InvalidPromptsException if anything is wrong, or the folder cannot be read
     */
    static PromptSet read(Path folder, Map<String, Set<String>> expected) {
        return new PromptFiles(folder, expected).read();
    }

    private PromptSet read() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .sorted()
                    .forEach(this::add);
        } catch (IOException e) {
            problem("", "the folder cannot be read (" + e + ") — a folder of text files is allowed — check its path");
        }
        if (prompts.isEmpty() && problems.isEmpty()) {
            problem("", "the folder has no prompt (0 files) — at least one text file is needed — check its path");
        }
        expected.forEach(this::check);
        if (!problems.isEmpty()) {
            throw new InvalidPromptsException(folder.toString(), problems);
        }
        return new PromptSet(prompts);
    }

    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private void add(Path file) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        String name = path.replaceFirst("(?<=[^/])\\.[^./]*$", "");
        String text = text(file, path);
        if (text == null) {
            return;
        }
        Path other = files.putIfAbsent(name, file);
        if (other != null) {
            problem(
                    path,
                    "another file has the name of this prompt (" + name + ", " + folder.relativize(other)
                            + ") — names are paths without endings — rename one of them");
            return;
        }
        Template template = new Template(
                text,
                place -> problem(
                        path + ":" + place.line(),
                        "a placeholder is not closed (" + place.name()
                                + ") — letters, digits and _ are allowed, then two braces — close it, or correct its name"));
        prompts.put(name, new Prompt(name, text, template));
    }

    private @Nullable String text(Path file, String path) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problem(
                        path,
                        "the file is too large (" + Files.size(file) + " bytes) — " + MAX_BYTES
                                + " bytes are allowed — keep only prompts in this folder");
                return null;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()
                    .replace("\r\n", "\n");
            if (text.isBlank()) {
                problem(
                        path,
                        "the prompt is blank (" + text.length()
                                + " characters) — other text is allowed — write it, or remove the file");
                return null;
            }
            return text;
        } catch (CharacterCodingException e) {
            problem(path, "the file is no text in UTF-8 (" + e + ") — UTF-8 is allowed — save it as such");
        } catch (IOException e) {
            problem(path, "the file cannot be read (" + e + ") — a readable file is needed — check its permissions");
        }
        return null;
    }

    private void check(String name, Set<String> allowed) {
        Prompt prompt = prompts.get(name);
        Path file = files.get(name);
        if (prompt == null || file == null) {
            problem(
                    name,
                    "there is no prompt of this name (" + name + ") — one of " + prompts.keySet()
                            + " is allowed — add its file, or correct the name in the code");
            return;
        }
        String path = folder.relativize(file).toString().replace('\\', '/');
        for (Template.Place place : prompt.places()) {
            if (!allowed.contains(place.name())) {
                problem(
                        path + ":" + place.line(),
                        "the placeholder is not known (" + place.name() + ") — " + new TreeSet<>(allowed)
                                + " are allowed — correct it, or pass its value in the code");
            }
        }
        for (String missing : new TreeSet<>(allowed)) {
            if (!prompt.placeholders().contains(missing)) {
                problem(
                        path,
                        "the placeholder is missing (" + missing + ") — each of " + new TreeSet<>(allowed)
                                + " is needed — use it, or stop passing its value in the code");
            }
        }
    }

    private void problem(String place, String problem) {
        problems.add(place.isEmpty() ? problem : place + ": " + problem);
    }
}
