/** The content policy, pseudonyms of ids, and sanitized text. */
@NullMarked
package dev.llmops.core.privacy;

import org.jspecify.annotations.NullMarked;
