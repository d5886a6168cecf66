/** Classification of failures: exceptions, HTTP statuses and provider error bodies. */
@NullMarked
package dev.llmops.core.error;

import org.jspecify.annotations.NullMarked;
