package io.sluice.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The list that appendix A of PostgreSQL's documentation, "PostgreSQL Error Codes", is made of, as the binaries that the
 * tests run have it ({@code errcodes.txt}).
 *
 * @param state the SQLSTATE
 * @param section the class that it is in, as the list calls it
 * @param name the condition in words
 */
public record ErrorCode(String state, String section, String name) {
    private static final String FILE = "share/postgresql/errcodes.txt";
    private static final String SECTION = "Section: ";

    /** All errors: no warnings, and no success. */
    public static List<ErrorCode> all() {
        List<ErrorCode> errors = new ArrayList<>();
        String section = "";
        for (String line : text().lines().toList()) {
            String[] fields = line.trim().split("\\s+", -1);
            if (line.startsWith(SECTION)) {
                section = line.substring(SECTION.length()).trim();
            } else if (!line.startsWith("#") && fields.length > 2 && fields[1].equals("E")) {
                String name = fields[2].replaceFirst("ERRCODE_(S_R_E_|E_R_E_|E_R_I_E_)?", "");
                errors.add(new ErrorCode(
                        fields[0], section, name.toLowerCase(Locale.ROOT).replace('_', ' ')));
            }
        }
        return errors;
    }

    private static String text() {
        try (TarArchiveInputStream files = new TarArchiveInputStream(new XZCompressorInputStream(
                new BufferedInputStream(PostgresBinaries.archive().openStream())))) {
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                if (entry.getName().endsWith(FILE)) {
                    return new String(files.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
            throw new IllegalStateException("The binaries have no " + FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
