/** The price of the gateway sample, beside a bare relay on the same libraries. */
@NullMarked
package dev.llmops.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
