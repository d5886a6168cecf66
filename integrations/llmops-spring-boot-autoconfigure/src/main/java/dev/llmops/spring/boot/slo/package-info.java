/** Judges objectives that a file or the properties define. */
@NullMarked
package dev.llmops.spring.boot.slo;

import org.jspecify.annotations.NullMarked;
