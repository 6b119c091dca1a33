package io.sluice.acceptance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the factories of a test class their {@link Cases}, and clears away after the last of them. */
final class CasesExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(CasesExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Cases.class;
    }

    @Override
    public Cases resolveParameter(ParameterContext parameter, ExtensionContext test) {
        // Of the class, not of the method: it ends when all methods have ended.
        ExtensionContext testClass = test.getParent().orElse(test);
        return testClass.getStore(NAMESPACE).computeIfAbsent(Cases.class, none -> new Cases(), Cases.class);
    }
}
