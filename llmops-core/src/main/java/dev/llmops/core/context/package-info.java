/** Facts about calls from the contexts of frameworks. */
@NullMarked
package dev.llmops.core.context;

import org.jspecify.annotations.NullMarked;
