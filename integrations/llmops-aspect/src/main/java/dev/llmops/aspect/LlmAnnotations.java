package dev.llmops.aspect;

import dev.llmops.core.LlmOps;
import dev.llmops.core.response.ResponseReader;
import dev.llmops.core.response.ResponseReaders;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Observes what the annotations of this package mark; the settings that {@link LlmObservedAspect} and {@link LlmProxy} share.
 *
 * <pre>{@code
 * LlmAnnotations annotations = LlmAnnotations.builder(llmops)
 *     .reader(new ChatReader())
 *     .resolvers(applicationContext::getBean)
 *     .build();
 * annotations.check(ChatService.class);
 * }</pre>
 *
 * <p>A wrong annotation never disturbs the application: it is left out, and counted under {@code llm.telemetry.failures}
 * the first time its method runs. {@link #check} finds it earlier. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LlmAnnotations {

    private final MethodReader reader;
    private final MethodObserver observer;

    private LlmAnnotations(Builder builder) {
        this.reader = new MethodReader(new TagReader(builder.expressions(), builder.resolvers), builder.placeholders);
        ResponseReaders readers =
                ResponseReaders.of(builder.llmops.telemetry(), builder.readers.toArray(ResponseReader[]::new));
        this.observer = new MethodObserver(builder.llmops, reader, readers);
    }

    /**
     * Creates settings with their defaults.
     *
     * @param llmops observes the calls
     * @return the settings
     */
    public static LlmAnnotations of(LlmOps llmops) {
        return builder(llmops).build();
    }

    /**
     * Creates a builder.
     *
     * @param llmops observes the calls
     * @return a builder with the defaults
     */
    public static Builder builder(LlmOps llmops) {
        return new Builder(llmops);
    }

    /**
     * Checks all annotations of classes or interfaces, best when the application starts.
     *
     * @param types the classes
     * @throws IllegalArgumentException naming all annotations that cannot work, and why
     */
    public void check(Class<?>... types) {
        Set<String> problems = new TreeSet<>();
        for (Class<?> type : types) {
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                for (Method method : each.getDeclaredMethods()) {
                    check(method, type, problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
    }

    private void check(Method method, Class<?> type, Set<String> problems) {
        if (method.isSynthetic()) {
            return;
        }
        List<Method> declarations = MethodReader.declarations(method, type);
        ObservedMethod read = reader.read(method, type);
        if (MethodReader.isObserved(declarations)) {
            problems.addAll(read.problems());
        } else if (!read.argumentTags().isEmpty() || !read.resultTags().isEmpty()) {
            problems.add("@LlmTag on " + MethodReader.describe(method)
                    + " — only observed methods may have it — add @LlmObserved to the method or its class");
        }
        if (method.isAnnotationPresent(LlmObserved.class)
                && Modifier.isAbstract(method.getModifiers())
                && !type.isInterface()) {
            problems.add("@LlmObserved on " + MethodReader.describe(method)
                    + " — an abstract method is not woven — move it to the method that implements it");
        }
    }

    MethodObserver observer() {
        return observer;
    }

    /** Builds {@link LlmAnnotations}. Not thread-safe. */
    public static final class Builder {

        private static final String SPEL = "org.springframework.expression.spel.standard.SpelExpressionParser";

        private final LlmOps llmops;
        private final List<ResponseReader> readers = new ArrayList<>();
        private @Nullable TagExpressionResolver expressions;
        private Function<Class<? extends TagResolver>, ? extends TagResolver> resolvers = Builder::create;
        private UnaryOperator<String> placeholders = UnaryOperator.identity();

        private Builder(LlmOps llmops) {
            this.llmops = llmops;
        }

        /**
         * Adds a reader of responses, which is asked before those that {@link java.util.ServiceLoader} finds.
         *
         * @param reader reads the responses of one library
         * @return this builder
         */
        public Builder reader(ResponseReader reader) {
            readers.add(reader);
            return this;
        }

        /**
         * Sets what evaluates the expressions of tags; by default a service, else SpEL if it is on the class path.
         *
         * @param expressions evaluates them
         * @return this builder
         */
        public Builder expressions(TagExpressionResolver expressions) {
            this.expressions = expressions;
            return this;
        }

        /**
         * Sets where the resolvers of tags come from, such as a container; by default their constructor.
         *
         * @param resolvers returns the resolver of a class
         * @return this builder
         */
        public Builder resolvers(Function<Class<? extends TagResolver>, ? extends TagResolver> resolvers) {
            this.resolvers = resolvers;
            return this;
        }

        /**
         * Sets what resolves placeholders in the texts of {@link LlmObserved}, such as
         * {@code environment::resolvePlaceholders}; by default the texts stay as they are.
         *
         * @param placeholders resolves a text
         * @return this builder
         */
        public Builder placeholders(UnaryOperator<String> placeholders) {
            this.placeholders = placeholders;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         */
        public LlmAnnotations build() {
            return new LlmAnnotations(this);
        }

        private @Nullable TagExpressionResolver expressions() {
            if (expressions != null) {
                return expressions;
            }
            try {
                Optional<TagExpressionResolver> service =
                        ServiceLoader.load(TagExpressionResolver.class).findFirst();
                if (service.isPresent()) {
                    return service.get();
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                llmops.telemetry()
                        .failure("tag_expression_service", e, "the service is left out; fix META-INF/services");
            }
            return OptionalLibrary.isPresent(SPEL) ? new SpelExpressions() : null;
        }

        private static TagResolver create(Class<? extends TagResolver> type) {
            try {
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return constructor.newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e.toString(), e);
            }
        }
    }
}
