package dev.llmops.conformance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/** Whether all that users see of a class, type arguments included, is made of types of some packages. */
final class ShowOnlyTypesOf extends ArchCondition<JavaClass> {

    private final List<String> packagePrefixes;

    ShowOnlyTypesOf(String... packagePrefixes) {
        super("show only types of " + String.join(", ", packagePrefixes));
        this.packagePrefixes = List.of(packagePrefixes);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaType> parents = Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
        check(type.getName(), parents, events);
        type.getMembers().stream()
                .filter(ShowOnlyTypesOf::isVisible)
                .forEach(member -> check(member.getFullName(), typesOf(member), events));
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Stream<JavaType> thrown = code.getExceptionTypes().stream().map(JavaType.class::cast);
        return Stream.concat(Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream()), thrown);
    }

    private void check(String place, Stream<JavaType> types, ConditionEvents events) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .filter(type -> packagePrefixes.stream().noneMatch(type.getName()::startsWith))
                .forEach(type -> events.add(SimpleConditionEvent.violated(type, place + " shows " + type.getName())));
    }
}
