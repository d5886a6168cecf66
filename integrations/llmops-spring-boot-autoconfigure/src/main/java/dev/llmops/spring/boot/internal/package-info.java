/** Not for use outside this module. */
@NullMarked
package dev.llmops.spring.boot.internal;

import org.jspecify.annotations.NullMarked;
