/** Shared by the packages of this module; no part of its API. */
@NullMarked
package dev.llmops.slo.internal;

import org.jspecify.annotations.NullMarked;
