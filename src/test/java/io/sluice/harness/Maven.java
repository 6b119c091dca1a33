package io.sluice.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The user's own Maven, with the user's settings: the same installation and the same local repository as the build
 * that runs us, where there is one.
 */
final class Maven {

    private static final long BUDGET_MINUTES = 10;

    /** The {@code mvn} script hands its arguments on in the environment. */
    private static final List<String> OUTER_ARGUMENTS = List.of(
            System.getenv().getOrDefault("MAVEN_CMD_LINE_ARGS", "").strip().split("\\s+"));

    private static final Set<String> SETTINGS_OPTIONS = Set.of("-s", "--settings", "-gs", "--global-settings");

    private Maven() {}

    /** Runs Maven offline first, which is quick when nothing is missing, and then online unless that is forbidden. */
    static void run(Path pom, List<String> arguments, Path log) {
        if (succeeds(command(pom, arguments, List.of("--offline")), log)) {
            return;
        }
        if (isOffline() || !succeeds(command(pom, arguments, List.of()), log)) {
            throw new HarnessException("Maven could not resolve what " + pom + " names"
                    + (isOffline() ? " from the local repository, and the build is offline" : "") + ":\n"
                    + read(log));
        }
    }

    private static boolean isOffline() {
        return OUTER_ARGUMENTS.contains("-o") || OUTER_ARGUMENTS.contains("--offline");
    }

    /** The settings files that the outer Maven was told to use. */
    private static List<String> settingsFiles() {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i + 1 < OUTER_ARGUMENTS.size(); i++) {
            if (SETTINGS_OPTIONS.contains(OUTER_ARGUMENTS.get(i))) {
                settings.addAll(OUTER_ARGUMENTS.subList(i, i + 2));
            }
        }
        return settings;
    }

    private static List<String> command(Path pom, List<String> arguments, List<String> mode) {
        List<String> command = new ArrayList<>();
        command.add(executable());
        command.addAll(List.of("--batch-mode", "--no-transfer-progress", "--file", pom.toString()));
        Project.setting("maven.repo.local")
                .or(() -> Project.setting("localRepository"))
                .ifPresent(repository -> command.add("-Dmaven.repo.local=" + repository));
        command.addAll(settingsFiles());
        command.addAll(mode);
        command.addAll(arguments);
        return command;
    }

    private static String executable() {
        return Project.setting("maven.home")
                .map(home -> Path.of(home, "bin", "mvn"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .orElse("mvn");
    }

    private static boolean succeeds(List<String> command, Path log) {
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runnable endAtExit = process::destroyForcibly;
            JvmExit.register(endAtExit);
            boolean ended = process.waitFor(BUDGET_MINUTES, TimeUnit.MINUTES);
            JvmExit.forget(endAtExit);
            if (!ended) {
                process.destroyForcibly();
                throw new HarnessException("Maven was not done after " + BUDGET_MINUTES + " minutes: " + command);
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            throw new HarnessException("Could not run Maven: " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while Maven ran.", e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(" + log + " could not be read: " + e + ")";
        }
    }
}
