/** Bad and good cases: groups, lift by version, and regression sets. Start at {@link dev.llmops.quality.cases.CaseMiner}. */
@NullMarked
package dev.llmops.quality.cases;

import org.jspecify.annotations.NullMarked;
