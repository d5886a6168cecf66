/** Redacts what records hold before any view shows it. */
@NullMarked
package dev.llmops.spring.boot.redaction;

import org.jspecify.annotations.NullMarked;
