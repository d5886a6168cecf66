/** Imports of public price lists. */
@NullMarked
package dev.llmops.cost.imports;

import org.jspecify.annotations.NullMarked;
