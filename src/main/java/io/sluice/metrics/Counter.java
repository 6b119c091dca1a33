package io.sluice.metrics;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of an attribute what it counts, from zero with the task on. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Counter {
    String value();
}
