package dev.llmops.conformance;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class of an internal package is used by the jar that contains it, and by no other. */
final class StayWithinTheirModule extends ArchCondition<JavaClass> {

    StayWithinTheirModule() {
        super("be used by their own module only");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String home = module(type);
        for (Dependency use : type.getDirectDependenciesToSelf()) {
            if (!module(use.getOriginClass()).equals(home)) {
                events.add(SimpleConditionEvent.violated(type, use.getDescription()));
            }
        }
    }

    private static String module(JavaClass type) {
        String source = type.getSource().orElseThrow().getUri().toString();
        String resource = type.getName().replace('.', '/') + ".class";
        return source.substring(0, source.length() - resource.length());
    }
}
