package io.lightstream.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** That the {@code package-info.java} beside a class says {@code @NullMarked}. */
final class BeInNullMarkedPackage extends ArchCondition<JavaClass> {
    static final BeInNullMarkedPackage INSTANCE = new BeInNullMarkedPackage();

    private BeInNullMarkedPackage() {
        super("be in a @NullMarked package");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(
                type, marked, type.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
    }
}
