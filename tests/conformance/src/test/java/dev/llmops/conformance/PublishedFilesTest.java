package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repository asks of the jars and poms that it takes. */
class PublishedFilesTest {

    /** The jars, or folders of classes, of our modules on the class path. */
    static Stream<Path> modules() {
        return Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .filter(entry -> entry.matches(".*\\bllmops-[a-z0-9-]+(/target/classes|-[0-9][^/]*\\.jar)"))
                .map(Path::of);
    }

    @Test
    void the_class_path_has_every_published_module() {
        assertThat(modules()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_module_carries_licence_and_notice(Path module) throws IOException {
        for (String name : List.of("LICENSE", "NOTICE")) {
            assertThat(read(module, "META-INF/" + name))
                    .as("%s of %s", name, module)
                    .isEqualTo(Files.readString(SourceTree.PROJECT.resolve(name)));
        }
    }

    /** The jars of this build, those of sources, Javadoc and test fixtures among them. */
    @Test
    void every_jar_beside_a_module_carries_licence_and_notice() throws IOException {
        for (Path module : modules()
                .filter(path -> path.toString().matches(".*/target/[^/]+\\.jar"))
                .toList()) {
            for (Path jar : jars(module.getParent())) {
                for (String name : List.of("LICENSE", "NOTICE")) {
                    assertThat(read(jar, "META-INF/" + name))
                            .as("%s of %s", name, jar)
                            .isEqualTo(Files.readString(SourceTree.PROJECT.resolve(name)));
                }
            }
        }
    }

    private static List<Path> jars(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("llmops-.*\\.jar"))
                    .toList();
        }
    }

    private static String read(Path module, String file) throws IOException {
        if (Files.isDirectory(module)) {
            return Files.readString(module.resolve(file));
        }
        try (FileSystem jar = FileSystems.newFileSystem(module)) {
            return Files.readString(jar.getPath(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "llmops-bom/pom.xml"})
    void a_pom_says_who_wrote_it_where_it_is_and_under_which_licence(String pom) throws IOException {
        assertThat(Files.readString(SourceTree.PROJECT.resolve(pom)))
                .contains("<name>", "<description>", "<url>", "<licenses>", "<developers>", "<scm");
    }
}
