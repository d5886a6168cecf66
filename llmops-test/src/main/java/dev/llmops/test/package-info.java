/**
 * SLOs in JUnit tests. Start at {@link dev.llmops.test.SloTest}, or at {@link dev.llmops.test.SloRun} without JUnit's
 * help.
 */
@NullMarked
package dev.llmops.test;

import org.jspecify.annotations.NullMarked;
