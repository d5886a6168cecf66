package dev.llmops.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The software bills of materials (CycloneDX) that the published modules wrote when they were packaged. */
final class SoftwareBills {

    /** A library and its version, as {@code group:artifact} and as the bill has it. */
    record Library(String name, String version) implements Comparable<Library> {

        @Override
        public int compareTo(Library other) {
            return (name + ' ' + version).compareTo(other.name + ' ' + other.version);
        }
    }

    private SoftwareBills() {}

    /** Returns the libraries of all bills; empty if no module was packaged. */
    static Set<Library> libraries() throws IOException {
        Set<Library> libraries = new TreeSet<>();
        for (Path bill : bills()) {
            for (JsonNode component :
                    JsonMapper.shared().readTree(bill.toFile()).path("components")) {
                libraries.add(new Library(
                        component.path("group").asString()
                                + ':'
                                + component.path("name").asString(),
                        component.path("version").asString()));
            }
        }
        return libraries;
    }

    private static List<Path> bills() throws IOException {
        try (Stream<Path> modules =
                Stream.concat(Files.list(SourceTree.PROJECT), Files.list(SourceTree.PROJECT.resolve("integrations")))) {
            return modules.map(module -> module.resolve("target/bom.json"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
