package io.sluice.validation;

import io.sluice.config.ConnectionConfig;
import io.sluice.failure.Failures;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no connection, in words for the settings to blame. The driver's own words are left out where they may
 * repeat the URL.
 */
record LoginFailure(ConnectionConfig connection, SQLException error) {
    private static final String URL = ConnectionConfig.URL;
    private static final Pattern TLS_IN_URL = Pattern.compile("[?&](sslmode=(require|verify-)|ssl=true)");
    private static final String TLS_REMEDY =
            "Set connection.sslmode to what the server offers: disable without TLS, require with it, verify-full with "
                    + "its certificate checked against connection.sslrootcert.";

    void explainTo(Findings findings) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        switch (state) {
            case "28P01", "28000" -> explainLogin(state, findings);
            case "3D000" ->
                findings.add(URL, "the database does not exist. Correct its name after the last slash, or create it.");
            case "42501" ->
                findings.add(
                        ConnectionConfig.USER,
                        "the role may not connect to the database. As its owner: GRANT CONNECT ON DATABASE … TO …;");
            case "57P03" ->
                findings.add(URL, "the server is starting, stopping or recovering. Try again when it is up.");
            case "08004" -> explainRejection(findings);
            case "22023" ->
                findings.add(
                        URL,
                        "the driver refuses a property, in the URL or in one of the connection. settings. Check their "
                                + "values against pgjdbc's documentation.");
            case "99999" ->
                findings.add(URL, "the driver cannot read it. Write it as jdbc:postgresql://host:5432/database.");
            default -> explainNetwork(findings);
        }
    }

    private void explainLogin(String state, Findings findings) {
        String user = connection.user().isEmpty()
                ? "no role is named, so that the name of the worker's operating system user was taken"
                : "the role does not exist, has another password, or may not log in from this host";
        String rules = "28000".equals(state)
                ? " pg_hba.conf may ask for TLS, or for the lack of it: see connection.sslmode."
                : "";
        findings.add(
                ConnectionConfig.USER,
                "the server refuses the login (SQLSTATE " + state + "): " + user + ". Correct it, or on the server: "
                        + "CREATE ROLE … LOGIN PASSWORD …;" + rules);
        findings.add(
                ConnectionConfig.PASSWORD,
                "the server refuses the login (SQLSTATE " + state + "). Correct the password, or on the server: ALTER "
                        + "ROLE … PASSWORD …;");
    }

    /** The driver gives the same state for TLS that the server does not offer and for a password that is missing. */
    private void explainRejection(Findings findings) {
        if (wantsTls()) {
            findings.add(
                    URL,
                    "the server does not speak TLS, or asks for a way to log in that the driver lacks. " + TLS_REMEDY);
        }
        if (connection.password().value().isEmpty()) {
            findings.add(ConnectionConfig.PASSWORD, "the server asks for a password, and there is none. Set it.");
        } else if (!wantsTls()) {
            explainOther(findings);
        }
    }

    private boolean wantsTls() {
        String mode = connection.driverProperties().getOrDefault("sslmode", "").toLowerCase(Locale.ROOT);
        return mode.equals("require")
                || mode.startsWith("verify-")
                || "true".equals(connection.driverProperties().get("ssl"))
                || TLS_IN_URL.matcher(connection.url()).find();
    }

    private void explainNetwork(Findings findings) {
        if (has(SSLException.class) || has(GeneralSecurityException.class)) {
            findings.add(
                    URL,
                    "TLS with the server failed: its certificate is not trusted, or names another host. " + TLS_REMEDY);
        } else if (has(UnknownHostException.class)) {
            findings.add(URL, "the host's name is not known to this worker. Correct the name, or its DNS.");
        } else if (has(SocketTimeoutException.class)) {
            findings.add(URL, "the host did not answer in time. Check host, port and firewall.");
        } else if (has(ConnectException.class) || has(NoRouteToHostException.class)) {
            findings.add(
                    URL,
                    "nothing answers at that host and port. Correct them, start PostgreSQL, or let it listen there "
                            + "(listen_addresses).");
        } else {
            explainOther(findings);
        }
    }

    private void explainOther(Findings findings) {
        findings.add(
                URL,
                "there is no connection: " + Failures.text(error)
                        + ". Check that a PostgreSQL server answers at that host and port, and what its log says.");
    }

    private boolean has(Class<? extends Throwable> kind) {
        @Nullable Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
