package dev.llmops.logging.backends;

import dev.llmops.core.LlmOps;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.logging.CallLog;
import dev.llmops.redaction.Redactor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Runs a probe in a class loader that holds one back end, the library, and nothing else of this class path. */
final class Isolated {

    private Isolated() {}

    @SuppressWarnings("unchecked")
    static Map<String, List<String>> run(String jars, String probe, Map<String, String> settings) throws Exception {
        Path output = Files.createTempDirectory("llmops-backend-");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object isolated = loader.loadClass(Isolated.class.getPackageName() + '.' + probe)
                    .getDeclaredConstructor()
                    .newInstance();
            return ((BiFunction<Map<String, String>, Path, Map<String, List<String>>>) isolated)
                    .apply(settings, output);
        } finally {
            thread.setContextClassLoader(before);
            deleteRecursively(output);
        }
    }

    private static URL[] urls(String jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("llmops.backends"), jars))) {
            for (Path jar : files.toList()) {
                urls.add(url(jar));
            }
        }
        for (Class<?> of :
                new Class<?>[] {LlmOps.class, FakeTicker.class, CallLog.class, Redactor.class, Isolated.class}) {
            urls.add(of.getProtectionDomain().getCodeSource().getLocation());
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
