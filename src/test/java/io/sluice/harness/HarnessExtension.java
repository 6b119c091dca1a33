package io.sluice.harness;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test method that asks for a {@link Scenario} one of its own, and closes it after the test. */
public final class HarnessExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(HarnessExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Scenario.class;
    }

    @Override
    public Scenario resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .computeIfAbsent(Scenario.class, none -> Environment.shared().scenario(name(test)), Scenario.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        Scenario scenario = test.getStore(NAMESPACE).get(Scenario.class, Scenario.class);
        if (scenario != null && test.getExecutionException().isPresent()) {
            System.err.println("The logs of " + name(test) + " are in " + scenario.logs());
        }
    }

    /** Test class and method; a repeated or parameterized one has its display name too. */
    private static String name(ExtensionContext test) {
        String method = test.getRequiredTestMethod().getName();
        String display = test.getDisplayName();
        String invocation = display.startsWith(method) ? "" : "-" + display.replaceAll("[^A-Za-z0-9.=]+", "-");
        return test.getRequiredTestClass().getSimpleName() + "/" + method + invocation;
    }
}
