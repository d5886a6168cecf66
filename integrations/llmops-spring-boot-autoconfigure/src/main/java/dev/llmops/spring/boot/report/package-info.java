/** Says at start-up, and to the actuator, what is measured, what is not, and why. */
@NullMarked
package dev.llmops.spring.boot.report;

import org.jspecify.annotations.NullMarked;
