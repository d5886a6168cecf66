/** Objective files: reading, writing and checking YAML. */
@NullMarked
package dev.llmops.slo.file;

import org.jspecify.annotations.NullMarked;
