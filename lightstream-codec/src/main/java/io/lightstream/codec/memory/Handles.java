package io.lightstream.codec.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Finds JDK methods that the Java 17 class files of this package cannot name: {@code java.lang.foreign} appeared in 22,
 * and a compile-time reference to {@code sun.misc.Unsafe} is a warning that cannot be switched off ({@link JdkMethods}).
 */
final class Handles {

    /** Not the public lookup: methods that look at their caller must find this package. */
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Handles() {}

    static MethodHandle virtual(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        try {
            return LOOKUP.findVirtual(owner, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw missing(owner, name, e);
        }
    }

    static MethodHandle statical(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        try {
            return LOOKUP.findStatic(owner, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw missing(owner, name, e);
        }
    }

    static Class<?> classNamed(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JDK has no class " + name, e);
        }
    }

    /** What a handle threw, as something a method without a {@code throws} clause can throw. */
    static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException exception) {
            return exception;
        }
        return new IllegalStateException("a JDK method declared no exception and threw one", cause);
    }

    private static IllegalStateException missing(Class<?> owner, String name, ReflectiveOperationException cause) {
        return new IllegalStateException("this JDK has no usable " + owner.getName() + "." + name, cause);
    }
}
