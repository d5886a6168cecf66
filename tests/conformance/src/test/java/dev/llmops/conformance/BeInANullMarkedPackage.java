package dev.llmops.conformance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Whether the package of a class says in its {@code package-info} that null is the exception. */
final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {

    BeInANullMarkedPackage() {
        super("be in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean isMarked =
                type.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
        events.add(new SimpleConditionEvent(type, isMarked, type.getPackageName() + " must be @NullMarked"));
    }
}
