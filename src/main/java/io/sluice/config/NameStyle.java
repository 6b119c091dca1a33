package io.sluice.config;

/**
 * How names become identifiers.
 *
 * @param normalize whether characters outside {@code [A-Za-z0-9_]} that came from a placeholder become underscores
 * @param identifierCase how names are spelled
 */
public record NameStyle(boolean normalize, IdentifierCase identifierCase) {}
