package dev.llmops.logging.backends;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A test of each output that writes key-value pairs, in fields or in text. */
@ParameterizedTest
@EnumSource(
        mode = Mode.EXCLUDE,
        names = {"ELASTIC", "OPENTELEMETRY_DEFAULTS", "LOGBACK_15_MESSAGE", "LOGBACK_16_MESSAGE"})
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EachThatWritesPairs {}
