package dev.llmops.aspect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a fact of a call from a parameter of an {@linkplain LlmObserved observed} method or, on the method, from its
 * result. The value is what the resolver returns for it, else what the expression evaluates to, else the value itself; null
 * and an empty {@code Optional} set nothing.
 *
 * <pre>{@code
 * @LlmObserved(provider = "openai", model = "gpt-4o")
 * @LlmTag(key = "cited", expression = "sources().size()")
 * Answer answer(
 *         @LlmTag(field = LlmTag.Field.INPUT) String question,
 *         @LlmTag(field = LlmTag.Field.TENANT, expression = "tenant().id()") Session session,
 *         @LlmTag(field = LlmTag.Field.VERSION, key = "prompt") String promptVersion,
 *         @LlmTag("channel") Channel channel) { … }
 * }</pre>
 *
 * @since 0.1.0
 */
@Documented
@Repeatable(LlmTag.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
public @interface LlmTag {

    /** The fact that a tag sets. */
    enum Field {
        /** An attribute of the application's own. */
        ATTRIBUTE,
        /** The user on whose behalf the call is made. */
        USER,
        /** The tenant that pays. */
        TENANT,
        /** The feature of the application that asks. */
        FEATURE,
        /** The application's own id of the request. */
        REQUEST_ID,
        /** The conversation of which the call is a turn. */
        CONVERSATION_ID,
        /** The requested model. */
        MODEL,
        /** The address of the server. */
        SERVER_ADDRESS,
        /** A part of the version set, such as {@code prompt}, which the key names. */
        VERSION,
        /** The prompt; ignored unless content is captured. */
        INPUT,
        /** The answer, of a result only; ignored unless content is captured. */
        OUTPUT
    }

    /**
     * Returns the key; an alias of {@link #key()}.
     *
     * @return the key; empty by default
     */
    String value() default "";

    /**
     * Returns the name of the attribute or version part; other fields need none.
     *
     * @return the key; for attributes by default the name of the parameter
     */
    String key() default "";

    /**
     * Returns the fact that is set.
     *
     * @return the field; an attribute by default
     */
    Field field() default Field.ATTRIBUTE;

    /**
     * Returns an expression over the value, which the application's {@link TagExpressionResolver} evaluates: by default
     * SpEL, if spring-expression is on the class path.
     *
     * @return the expression; empty by default, for the value itself
     */
    String expression() default "";

    /**
     * Returns the class of the resolver, which takes precedence over the expression.
     *
     * @return the class, by default none
     */
    Class<? extends TagResolver> resolver() default TagResolver.class;

    /** Holds several tags of one parameter or method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.PARAMETER, ElementType.METHOD})
    @interface List {

        /**
         * Returns the tags.
         *
         * @return the tags
         */
        LlmTag[] value();
    }
}
