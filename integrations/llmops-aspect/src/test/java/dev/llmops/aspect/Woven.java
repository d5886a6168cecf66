package dev.llmops.aspect;

import dev.llmops.aspect.service.AnswerService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;

/** The annotated service as AspectJ's compiler weaves it, loaded apart from the class that is not woven. */
final class Woven implements AutoCloseable {

    private static final String NAME = AnswerService.class.getName();

    private final URLClassLoader loader;

    private Woven(Path classes) throws IOException {
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, Woven.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(NAME) || name.startsWith(NAME + "$") ? own(name) : super.loadClass(name, resolve);
            }

            private synchronized Class<?> own(String name) throws ClassNotFoundException {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        };
    }

    /** Weaves the source of the service. */
    static Woven bySource(Path output) throws IOException {
        Path source = Path.of("src/test/java", NAME.replace('.', '/') + ".java");
        return weave(output, List.of(source.toString()));
    }

    /** Weaves the class of the service that javac has compiled. */
    static Woven byClass(Path input, Path output) throws IOException {
        String file = NAME.replace('.', '/') + ".class";
        Path copy = Files.createDirectories(input.resolve(file).getParent()).resolve("AnswerService.class");
        try (InputStream compiled = Woven.class.getResourceAsStream("/" + file)) {
            Files.copy(compiled, copy);
        }
        return weave(output, List.of("-inpath", input.toString()));
    }

    private static Woven weave(Path output, List<String> input) throws IOException {
        String main = LlmObservedAspect.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> arguments = new ArrayList<>(List.of(
                "-17",
                "-proc:none",
                "-showWeaveInfo",
                "-aspectpath",
                main,
                "-d",
                output.toString(),
                "-classpath",
                System.getProperty("java.class.path")));
        arguments.addAll(input);
        MessageHandler messages = new MessageHandler();
        new Main().run(arguments.toArray(String[]::new), messages);
        if (messages.hasAnyMessage(IMessage.ERROR, true)) {
            throw new IllegalStateException(String.valueOf(List.of(messages.getMessages(IMessage.ERROR, true))));
        }
        return new Woven(output);
    }

    Object service() throws ReflectiveOperationException {
        return loader.loadClass(NAME).getDeclaredConstructor().newInstance();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
