package io.sluice.metrics;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One attribute of an MBean.
 *
 * @param name as JMX has it
 * @param text what it means
 * @param counter whether it only grows
 */
record Attribute(String name, String text, boolean counter, Method method) {
    private static final String GETTER = "get";

    /** All of a bean's, by name. */
    static List<Attribute> of(Class<?> view) {
        return Arrays.stream(view.getMethods())
                .map(Attribute::of)
                .sorted(Comparator.comparing(Attribute::name))
                .toList();
    }

    private static Attribute of(Method method) {
        String name = method.getName().substring(GETTER.length());
        Counter counter = method.getAnnotation(Counter.class);
        if (counter != null) {
            return new Attribute(name, counter.value(), true, method);
        }
        Gauge gauge = method.getAnnotation(Gauge.class);
        if (gauge == null) {
            throw new IllegalStateException(method + " does not say what it means");
        }
        return new Attribute(name, gauge.value(), false, method);
    }

    boolean isNumber() {
        return method.getReturnType().isPrimitive();
    }

    /** The name in lower case with hyphens; that of a counter ends with {@code -total}, as exporters expect. */
    String hyphened() {
        String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        return counter ? words + "-total" : words;
    }

    /** The value of this moment. */
    Object valueOf(Object bean) {
        try {
            return method.invoke(bean);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " gives no value", e);
        }
    }
}
