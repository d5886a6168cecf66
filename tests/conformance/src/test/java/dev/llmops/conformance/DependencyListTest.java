package dev.llmops.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.llmops.conformance.SoftwareBills.Library;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the software bills of the published modules; skipped where no module was packaged. */
class DependencyListTest {

    private static final Pattern PRE_RELEASE =
            Pattern.compile("(?i)[.-](alpha|beta|rc|cr|m|snapshot|preview)[.-]?\\d*$");

    private static Set<Library> libraries() throws IOException {
        Set<Library> libraries = SoftwareBills.libraries();
        assumeThat(libraries)
                .as("no module has a target/bom.json; run mvn -DskipTests package")
                .isNotEmpty();
        return libraries;
    }

    @Test
    void no_library_has_a_known_vulnerability() throws IOException {
        List<Advisory> advisories = Advisory.known();
        assertThat(libraries())
                .allSatisfy(library -> assertThat(advisories)
                        .filteredOn(advisory -> advisory.affects(library))
                        .as("advisories for %s; use the version in which they are fixed", library)
                        .isEmpty());
    }

    @Test
    void no_library_is_a_pre_release() throws IOException {
        assertThat(libraries())
                .filteredOn(library -> !library.name().startsWith("dev.llmops:"))
                .filteredOn(library -> PRE_RELEASE.matcher(library.version()).find())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "org.yaml:snakeyaml, 1.33, true",
        "org.yaml:snakeyaml, 2.0, false",
        "org.postgresql:postgresql, 42.7.1, true",
        "org.postgresql:postgresql, 42.7.14, false",
        "io.netty:netty-handler, 4.1.117.Final, true",
        "io.netty:netty-handler, 4.1.118.Final, false",
        "io.netty:netty-handler, 4.2.13.Final, false",
        "org.apache.logging.log4j:log4j-core, 2.14.1, true",
        "com.example:unknown, 1.0, false",
    })
    void an_advisory_affects_the_versions_of_its_range(String name, String version, boolean affected)
            throws IOException {
        assertThat(Advisory.known().stream().anyMatch(advisory -> advisory.affects(new Library(name, version))))
                .isEqualTo(affected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1.1-beta2, true",
        "1.9.0-alpha, true",
        "6.0.0-M1, true",
        "4.2.13.Final, false",
        "7.7.0.RELEASE, false",
        "9.0.43, false"
    })
    void a_pre_release_is_told_by_its_version(String version, boolean preRelease) {
        assertThat(PRE_RELEASE.matcher(version).find()).isEqualTo(preRelease);
    }
}
