/** The form of numbers in reports; no part of the module's API. */
@NullMarked
package dev.llmops.report.internal;

import org.jspecify.annotations.NullMarked;
