package io.sluice.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The moments of failure, by the numbers that the guarantees page gives them, in which a test proves exactly once. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface CrashPoint {
    int[] value();
}
