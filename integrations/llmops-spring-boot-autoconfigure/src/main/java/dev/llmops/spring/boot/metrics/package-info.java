/** Records metrics on the application's Micrometer registry. */
@NullMarked
package dev.llmops.spring.boot.metrics;

import org.jspecify.annotations.NullMarked;
