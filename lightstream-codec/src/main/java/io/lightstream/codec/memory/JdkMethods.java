package io.lightstream.codec.memory;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Methods of the JDK that the Java 17 class files of this package cannot name, each as an interface with one method: {@code
 * java.lang.foreign} appeared in 22, and a compile-time reference to {@code sun.misc.Unsafe} is a warning that cannot be switched
 * off. The JDK implements the interfaces as it does where a class file has a method reference.
 *
 * <p>A call is as fast as a direct one, in the interpreter too, where a method handle takes ten times as long; and a cold process
 * takes several times longer to make handles, bound and combined as they have to be. Arrow's {@code MemoryUtil} has direct calls of
 * Unsafe, but begins by looking for a logger on the whole class path.
 */
final class JdkMethods {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private JdkMethods() {}

    /**
     * Implements an interface by a static method, or by a virtual one, whose receiver is then the first parameter of the
     * interface's.
     *
     * @param method found by {@link Handles}; not one that looks at its caller
     */
    static <F> F as(Class<F> type, MethodHandle method) {
        try {
            return type.cast(site(type, MethodType.methodType(type), method, method.type())
                    .getTarget()
                    .invoke());
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    /**
     * Implements an interface by the method of Unsafe that has the name, the parameters and the result of the interface's.
     *
     * @throws IllegalStateException where this JDK has none
     */
    static <F> F unsafe(Class<F> type) {
        Method method = methodOf(type);
        Class<?> owner = Handles.classNamed("sun.misc.Unsafe");
        MethodHandle found =
                Handles.virtual(owner, method.getName(), method.getReturnType(), method.getParameterTypes());
        try {
            Field instance = owner.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return type.cast(site(type, MethodType.methodType(type, owner), found, signatureOf(method))
                    .getTarget()
                    .invoke(instance.get(null)));
        } catch (Throwable e) {
            throw Handles.rethrown(e);
        }
    }

    private static CallSite site(Class<?> type, MethodType factory, MethodHandle found, MethodType signature)
            throws Throwable {
        Method method = methodOf(type);
        return LambdaMetafactory.metafactory(LOOKUP, method.getName(), factory, signatureOf(method), found, signature);
    }

    private static Method methodOf(Class<?> type) {
        return type.getDeclaredMethods()[0];
    }

    private static MethodType signatureOf(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }
}
