package dev.llmops.core.version;

import dev.llmops.core.LlmOpsBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Detects the running versions from what a deployment and a build leave behind. See docs/decisions/core.md#versions-are-looked-for-by-default. For each part, the first of
 * these sources that knows it wins:
 *
 * <ol>
 *   <li>the environment: {@code LLMOPS_VERSION_CODE}, {@code LLMOPS_VERSION_PROMPT}, and so on; what follows the prefix,
 *       in lower case, is the name of the part, so extras are allowed; a blank value counts as unset;
 *   <li>the properties file, in UTF-8, that the environment variable {@value #FILE_VARIABLE} names, with lines such as
 *       {@code prompt=support-v12};
 *   <li>build information on the class path, for {@code code} alone: {@code build.version} in
 *       {@code META-INF/build-info.properties}, or else {@code git.commit.id.abbrev} in {@code git.properties}.
 * </ol>
 *
 * <p>{@link LlmOpsBuilder#build()} asks these sources for the parts that {@link LlmOpsBuilder#versionSet} does not
 * name, unless {@link LlmOpsBuilder#detectVersions} is switched off.
 *
 * @since 0.1.0
 */
public final class VersionSources {

    /** The environment variable that names the properties file. */
    public static final String FILE_VARIABLE = "LLMOPS_VERSIONS_FILE";

    static final String PREFIX = "LLMOPS_VERSION_";

    private static final List<BuildInfo> BUILD_INFOS = List.of(
            new BuildInfo("META-INF/build-info.properties", "build.version"),
            new BuildInfo("git.properties", "git.commit.id.abbrev"));

    private record BuildInfo(String resource, String property) {}

    private final List<String> problems;

    private VersionSources(List<String> problems) {
        this.problems = problems;
    }

    /**
     * Asks all sources, for the environment of this process and the class path of the current thread.
     *
     * @return what they know; empty when they know nothing
     * @throws IllegalArgumentException naming everything that is wrong in the sources
     */
    public static VersionSet detect() {
        List<String> problems = new ArrayList<>();
        VersionSet found = detect(System.getenv(), classLoader(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return found;
    }

    /**
     * Asks all sources, and collects what is wrong with them instead of throwing.
     *
     * @param problems where each problem is added
     * @return what the sources know; empty when they know nothing
     */
    public static VersionSet detect(List<String> problems) {
        return detect(System.getenv(), classLoader(), problems);
    }

    static VersionSet detect(Map<String, String> environment, ClassLoader classPath, List<String> problems) {
        VersionSources sources = new VersionSources(problems);
        return sources.environment(environment)
                .orElse(sources.file(environment.get(FILE_VARIABLE)))
                .orElse(sources.buildInfo(classPath));
    }

    private static ClassLoader classLoader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : ClassLoader.getSystemClassLoader();
    }

    private VersionSet environment(Map<String, String> environment) {
        VersionSet.Builder found = VersionSet.builder();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !value.isBlank()) {
                String part = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
                add(found, part, value, "environment variable " + variable);
            }
        });
        return found.build();
    }

    private VersionSet file(@Nullable String name) {
        VersionSet.Builder found = VersionSet.builder();
        if (name == null || name.isBlank()) {
            return found.build();
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            Properties properties = read(in);
            for (String part : properties.stringPropertyNames()) {
                add(found, part, properties.getProperty(part), "'" + part + "' in the file " + name);
            }
        } catch (IOException | IllegalArgumentException e) {
            problems.add(FILE_VARIABLE + " cannot be read ('" + name + "': "
                    + e.getClass().getSimpleName() + ") — a properties file in UTF-8 is allowed — correct or unset it");
        }
        return found.build();
    }

    private void add(VersionSet.Builder found, String part, String value, String source) {
        try {
            found.part(part, value.strip());
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage() + " (from " + source + ")");
        }
    }

    private VersionSet buildInfo(ClassLoader classPath) {
        for (BuildInfo info : BUILD_INFOS) {
            String version = read(classPath, info);
            // A build that did not filter its resources leaves @placeholders@ and ${placeholders}.
            if (version != null && !version.isBlank() && !version.startsWith("@") && !version.startsWith("${")) {
                return VersionSet.builder().code(version.strip()).build();
            }
        }
        return VersionSet.empty();
    }

    private @Nullable String read(ClassLoader classPath, BuildInfo info) {
        try (InputStream in = classPath.getResourceAsStream(info.resource)) {
            return in == null ? null : read(in).getProperty(info.property);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(info.resource
                    + " on the class path cannot be read (" + e.getClass().getSimpleName()
                    + ") — a properties file in UTF-8 is allowed — rebuild it or call detectVersions(false)");
            return null;
        }
    }

    private static Properties read(InputStream in) throws IOException {
        Properties properties = new Properties();
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        return properties;
    }
}
