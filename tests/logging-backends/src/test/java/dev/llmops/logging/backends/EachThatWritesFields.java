package dev.llmops.logging.backends;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A test of each output that writes every key-value pair as a field of its own. */
@ParameterizedTest
@EnumSource(
        mode = Mode.EXCLUDE,
        names = {
            "ELASTIC",
            "OPENTELEMETRY_DEFAULTS",
            "LOGBACK_15_MESSAGE",
            "LOGBACK_16_MESSAGE",
            "LOGBACK_15_PAIRS",
            "LOGBACK_16_PAIRS",
            "SLF4J_SIMPLE",
            "JUL"
        })
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EachThatWritesFields {}
