package io.sluice.metrics;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of an attribute what it shows of this moment; it may go up and down. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Gauge {
    String value();
}
