/** Annotations that measure a method which calls a language model, woven by AspectJ or Spring, or through a proxy. */
@NullMarked
package dev.llmops.aspect;

import org.jspecify.annotations.NullMarked;
