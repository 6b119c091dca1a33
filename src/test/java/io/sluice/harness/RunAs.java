package io.sluice.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * PostgreSQL refuses to run as root. Root hands it to the user nobody with {@code setpriv}, or where that does not work
 * looks like somebody else in a user namespace ({@code unshare -U}); everybody else runs it as they are.
 */
record RunAs(List<String> prefix, OptionalInt owner) {

    private static final int NOBODY = 65534;

    static RunAs detect() {
        if (!isRoot(List.of())) {
            return new RunAs(List.of(), OptionalInt.empty());
        }
        // Who changes the user loses the kernel's promise to end the process with its parent, and has to ask again.
        List<String> nobody =
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--pdeathsig", "QUIT");
        if (isSomebodyElse(nobody)) {
            return new RunAs(nobody, OptionalInt.of(NOBODY));
        }
        List<String> namespace = List.of("unshare", "-U");
        if (isSomebodyElse(namespace)) {
            return new RunAs(namespace, OptionalInt.empty());
        }
        throw new HarnessException("PostgreSQL does not run as root, and neither setpriv nor unshare -U works here."
                + " Run the tests as an ordinary user, or set " + PostgresServer.URL_VARIABLE + ".");
    }

    /** Makes a directory the property of the user that the command runs as. */
    void give(Path directory) {
        owner.ifPresent(uid -> {
            try {
                Files.setAttribute(directory, "unix:uid", uid);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean isRoot(List<String> prefix) {
        return Probe.output(prefix, "id", "-u").filter("0"::equals).isPresent();
    }

    private static boolean isSomebodyElse(List<String> prefix) {
        return Probe.output(prefix, "id", "-u").filter(uid -> !uid.equals("0")).isPresent();
    }
}
