package dev.llmops.conformance;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.util.List;

/**
 * A published weakness of a library.
 *
 * @param library the library, as {@code group:artifact}
 * @param from the first affected version
 * @param fixedIn the first later version that is not affected
 * @param id the advisory
 */
record Advisory(String library, Version from, Version fixedIn, String id) {

    private static final String LIST = ".ci/known-vulnerabilities.tsv";

    /** Reads the project's own list, so that the check needs no network. */
    static List<Advisory> known() throws IOException {
        return Files.readAllLines(SourceTree.PROJECT.resolve(LIST)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Advisory::parse)
                .toList();
    }

    private static Advisory parse(String line) {
        String[] fields = line.split("\t");
        if (fields.length != 4) {
            throw new IllegalArgumentException(LIST + " has a line of " + fields.length + " fields (" + line
                    + ") — package, first affected version, first fixed version and advisory are allowed, with tabs"
                    + " between them — fix the line");
        }
        return new Advisory(fields[0], Version.parse(fields[1]), Version.parse(fields[2]), fields[3]);
    }

    boolean affects(SoftwareBills.Library used) {
        if (!library.equals(used.name())) {
            return false;
        }
        Version version = Version.parse(used.version());
        return version.compareTo(from) >= 0 && version.compareTo(fixedIn) < 0;
    }
}
