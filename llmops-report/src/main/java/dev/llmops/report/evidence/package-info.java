/**
 * Evidence packs: all that a verdict on a release rests on, in one folder or zip that proves it again. Start at
 * {@link dev.llmops.report.evidence.EvidencePack}. Needs {@code llmops-release} on the class path.
 */
@NullMarked
package dev.llmops.report.evidence;

import org.jspecify.annotations.NullMarked;
