package dev.llmops.aspect;

import dev.llmops.core.LlmOps;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.LongAdder;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes methods with {@link LlmObserved}, {@link LlmPhase} and {@link LlmTool}: under Spring AOP as a bean, and under
 * compile-time and load-time weaving as a singleton, which also sees private methods and calls within a class.
 *
 * <pre>{@code
 * @Bean
 * LlmObservedAspect llmObservedAspect(LlmOps llmops) { return new LlmObservedAspect(llmops); }   // Spring
 *
 * LlmObservedAspect.aspectOf().use(llmops);   // weaving, when the application starts
 * }</pre>
 *
 * <p>Until it has an {@code LlmOps}, methods run unobserved, which is counted by {@link #unobservedCalls()} and logged
 * once. Nothing is thrown into the application but what its own methods throw. Thread-safe.
 *
 * @since 0.1.0
 */
@Aspect
public final class LlmObservedAspect {

    private static final Logger LOG = LoggerFactory.getLogger("llmops");
    private static final LlmObservedAspect WOVEN = new LlmObservedAspect();

    private final LongAdder unobservedCalls = new LongAdder();
    private volatile @Nullable MethodObserver observer;

    private LlmObservedAspect() {}

    /**
     * Creates an aspect for Spring AOP.
     *
     * @param llmops observes the calls
     */
    public LlmObservedAspect(LlmOps llmops) {
        this(LlmAnnotations.of(llmops));
    }

    /**
     * Creates an aspect for Spring AOP.
     *
     * @param annotations the settings
     */
    public LlmObservedAspect(LlmAnnotations annotations) {
        this.observer = annotations.observer();
    }

    /**
     * Returns the aspect of all woven classes; the weaver calls it too.
     *
     * @return the singleton
     */
    public static LlmObservedAspect aspectOf() {
        return WOVEN;
    }

    /**
     * Returns true, as weavers expect.
     *
     * @return true
     */
    public static boolean hasAspect() {
        return true;
    }

    /**
     * Sets what observes the calls from now on.
     *
     * @param llmops observes the calls
     * @return this aspect
     */
    public LlmObservedAspect use(LlmOps llmops) {
        return use(LlmAnnotations.of(llmops));
    }

    /**
     * Sets what observes the calls from now on.
     *
     * @param annotations the settings
     * @return this aspect
     */
    public LlmObservedAspect use(LlmAnnotations annotations) {
        observer = annotations.observer();
        return this;
    }

    /**
     * Returns how many annotated methods ran before there was an {@code LlmOps}.
     *
     * @return the number of runs since the class was loaded
     */
    public long unobservedCalls() {
        return unobservedCalls.sum();
    }

    /**
     * Observes a method as a call. Called by the weaver.
     *
     * @param method the method
     * @return what the method returns, observed
     * @throws Throwable what the method throws
     */
    @Around("execution(* *(..)) && @annotation(dev.llmops.aspect.LlmObserved)"
            + " || execution(public !static * *(..)) && @within(dev.llmops.aspect.LlmObserved)"
            + " && !execution(String toString()) && !execution(int hashCode()) && !execution(boolean equals(Object))")
    public @Nullable Object call(ProceedingJoinPoint method) throws Throwable {
        MethodObserver current = observer();
        return current == null
                ? method.proceed()
                : current.call(method(method), type(method), method.getArgs(), method::proceed);
    }

    /**
     * Observes a method as a phase. Called by the weaver.
     *
     * @param method the method
     * @return what the method returns, observed
     * @throws Throwable what the method throws
     */
    @Around("execution(* *(..)) && @annotation(dev.llmops.aspect.LlmPhase)")
    public @Nullable Object phase(ProceedingJoinPoint method) throws Throwable {
        MethodObserver current = observer();
        return current == null ? method.proceed() : current.phase(method(method), type(method), method::proceed);
    }

    /**
     * Observes a method as a run of a tool. Called by the weaver.
     *
     * @param method the method
     * @return what the method returns, observed
     * @throws Throwable what the method throws
     */
    @Around("execution(* *(..)) && @annotation(dev.llmops.aspect.LlmTool)")
    public @Nullable Object tool(ProceedingJoinPoint method) throws Throwable {
        MethodObserver current = observer();
        return current == null ? method.proceed() : current.tool(method(method), type(method), method::proceed);
    }

    private @Nullable MethodObserver observer() {
        MethodObserver current = observer;
        if (current == null) {
            if (unobservedCalls.sum() == 0) {
                LOG.warn("annotated methods run unobserved; call LlmObservedAspect.aspectOf().use(llmops) when the"
                        + " application starts. Further runs are counted, not logged.");
            }
            unobservedCalls.increment();
        }
        return current;
    }

    private static Method method(ProceedingJoinPoint joinPoint) {
        return ((MethodSignature) joinPoint.getSignature()).getMethod();
    }

    private static Class<?> type(ProceedingJoinPoint joinPoint) {
        Object target = joinPoint.getTarget();
        return target == null ? method(joinPoint).getDeclaringClass() : target.getClass();
    }
}
