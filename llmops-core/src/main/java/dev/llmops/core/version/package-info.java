/** Version sets: which code, prompt, model and index answered a call. */
@NullMarked
package dev.llmops.core.version;

import org.jspecify.annotations.NullMarked;
