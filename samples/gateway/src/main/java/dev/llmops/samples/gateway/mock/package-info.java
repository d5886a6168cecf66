/** A model provider that streams with realistic, seeded latencies and misbehaves when it is told to. */
@NullMarked
package dev.llmops.samples.gateway.mock;

import org.jspecify.annotations.NullMarked;
