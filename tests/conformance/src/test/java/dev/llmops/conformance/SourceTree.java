package dev.llmops.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of the project, without what the build has made of them. */
final class SourceTree {

    static final Path PROJECT = Path.of(System.getProperty("llmops.project"));

    private SourceTree() {}

    /** The sources of everything but tests. */
    static List<Path> mainSources() throws IOException {
        return files(path -> path.contains("/src/main/java/") && path.endsWith(".java"));
    }

    /** The sources of some modules, without their tests. */
    static List<Path> mainSources(Set<String> modules) throws IOException {
        return mainSources().stream()
                .filter(file ->
                        modules.contains(PROJECT.relativize(file).getName(0).toString()))
                .toList();
    }

    /** The pages people read. */
    static List<Path> pages() throws IOException {
        return files(path -> path.endsWith(".md"));
    }

    private static List<Path> files(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> wanted.test(file.toString().replace('\\', '/')))
                    .filter(file -> !("/" + PROJECT.relativize(file)).contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
