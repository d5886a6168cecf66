/** The record of a finished call and the values it is made of. */
@NullMarked
package dev.llmops.core.record;

import org.jspecify.annotations.NullMarked;
