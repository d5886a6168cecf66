/** Alert changes, their history, and where they are sent. */
@NullMarked
package dev.llmops.slo.alert;

import org.jspecify.annotations.NullMarked;
