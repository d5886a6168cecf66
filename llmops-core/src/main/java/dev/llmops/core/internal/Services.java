package dev.llmops.core.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loads services and leaves out those that fail. */
public final class Services {

    private Services() {}

    /**
     * Loads the services of a type.
     *
     * @param service the type
     * @param failed takes the error of each service that fails to load, for example because the library that it needs is
     *     absent
     * @param <S> the type
     * @return the others, in the order of the class path
     */
    public static <S> List<S> load(Class<S> service, Consumer<Throwable> failed) {
        List<S> loaded = new ArrayList<>();
        Iterator<S> services = ServiceLoader.load(service, loader(service)).iterator();
        while (addNext(services, loaded, failed)) {}
        return loaded;
    }

    private static <S> boolean addNext(Iterator<S> services, List<S> loaded, Consumer<Throwable> failed) {
        try {
            return services.hasNext() && loaded.add(services.next());
        } catch (ServiceConfigurationError | LinkageError e) {
            failed.accept(e);
            return true;
        }
    }

    /** The loader that finds services: a thread's loader that knows another copy of this library has none for this one. */
    private static @Nullable ClassLoader loader(Class<?> service) {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader own = service.getClassLoader();
        try {
            return ofThread != null && ofThread.loadClass(service.getName()) == service ? ofThread : own;
        } catch (ClassNotFoundException | LinkageError e) {
            return own;
        }
    }
}
