/** The price book: which model costs what, when, and under which conditions. */
@NullMarked
package dev.llmops.cost.book;

import org.jspecify.annotations.NullMarked;
