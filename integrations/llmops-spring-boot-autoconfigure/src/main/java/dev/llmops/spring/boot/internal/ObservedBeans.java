package dev.llmops.spring.boot.internal;

import dev.llmops.core.LlmOps;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Replaces beans of some interfaces by a subclass of their own class that passes the methods of the interface to an observing
 * decorator. So they can still be injected by their class. A final class has no subclass; if its bean is declared by an
 * interface, it is replaced by a proxy of its interfaces. The decorator is made at the first call, since listeners of the
 * library may need such beans themselves.
 */
public final class ObservedBeans implements BeanPostProcessor, BeanFactoryAware {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedBeans.class);

    private final ObjectProvider<LlmOps> llmops;
    private final String decorators;
    private final List<Kind<?>> kinds;
    private final List<String> unobserved = new CopyOnWriteArrayList<>();
    private @Nullable ConfigurableBeanFactory beans;

    /**
     * An interface whose beans are observed.
     *
     * @param type the interface
     * @param observe returns the decorator of a bean
     * @param <T> the interface
     */
    public record Kind<T>(Class<T> type, BiFunction<LlmOps, T, T> observe) {

        Object decorator(LlmOps llmops, Object bean) {
            return observe.apply(llmops, type.cast(bean));
        }
    }

    /**
     * Creates a post-processor.
     *
     * @param llmops observes the calls
     * @param decorators a class in the package of the decorators; beans of that package are observed already
     * @param kinds the interfaces
     */
    public ObservedBeans(ObjectProvider<LlmOps> llmops, Class<?> decorators, List<Kind<?>> kinds) {
        this.llmops = llmops;
        this.decorators = decorators.getPackageName();
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        beans = beanFactory instanceof ConfigurableBeanFactory configurable ? configurable : null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> type = bean.getClass();
        List<Kind<?>> matching =
                kinds.stream().filter(kind -> kind.type().isInstance(bean)).toList();
        if (matching.isEmpty() || type.getPackageName().equals(decorators)) {
            return bean;
        }
        boolean isFinal = Modifier.isFinal(type.getModifiers());
        if (isFinal && !isDeclaredByInterface(beanName)) {
            unobserved.add(beanName);
            LOG.warn("the bean '{}' is not observed, since its class is final ({}) — wrap it yourself", beanName, type);
            return bean;
        }
        ProxyFactory proxy = new ProxyFactory(bean);
        proxy.setProxyTargetClass(!isFinal);
        matching.forEach(kind -> proxy.addAdvice(interceptor(bean, kind)));
        return proxy.getProxy(type.getClassLoader());
    }

    /**
     * Returns the beans that were to be observed and are of a final class.
     *
     * @return their names, so far
     */
    public List<String> unobserved() {
        return List.copyOf(unobserved);
    }

    private boolean isDeclaredByInterface(String beanName) {
        if (beans == null) {
            return false;
        }
        try {
            Class<?> declared =
                    beans.getMergedBeanDefinition(beanName).getResolvableType().resolve();
            return declared != null && declared.isInterface();
        } catch (NoSuchBeanDefinitionException e) {
            return false; // an object that never was a bean, or one that was registered as it is
        }
    }

    private MethodInterceptor interceptor(Object bean, Kind<?> kind) {
        SingletonSupplier<Object> decorator = SingletonSupplier.of(() -> kind.decorator(llmops.getObject(), bean));
        return new Delegation(kind.type(), decorator);
    }

    private record Delegation(Class<?> type, SingletonSupplier<Object> decorator) implements MethodInterceptor {

        /** Methods may return null; the package of the interface does not say so. */
        @Override
        @SuppressWarnings("NullAway")
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Method method = find(type, invocation.getMethod());
            return method == null
                    ? invocation.proceed()
                    : ObservedBeans.invoke(method, decorator.obtain(), invocation.getArguments());
        }
    }

    private static @Nullable Method find(Class<?> type, Method called) {
        try {
            return type.getMethod(called.getName(), called.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /**
     * Invokes a method.
     *
     * @param method the method
     * @param target the object
     * @param arguments the arguments, or null
     * @return what it returns
     * @throws Throwable what it throws
     */
    public static @Nullable Object invoke(Method method, Object target, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
