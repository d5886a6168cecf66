/**
 * Finds personal data and secrets in text and replaces them before the text leaves the process. Start at {@link
 * dev.llmops.redaction.Redactor}.
 */
@NullMarked
package dev.llmops.redaction;

import org.jspecify.annotations.NullMarked;
