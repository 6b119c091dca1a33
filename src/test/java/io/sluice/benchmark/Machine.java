package io.sluice.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What everything ran on. */
record Machine(Map<String, String> facts) {

    static Machine of(Rig rig, LocalDate date) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", date.toString());
        facts.put("processor", firstOf("/proc/cpuinfo", "model name"));
        facts.put("cores", Integer.toString(cores()));
        facts.put("memory", firstOf("/proc/meminfo", "MemTotal"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put(
                "PostgreSQL",
                String.valueOf(rig.environment()
                        .postgres()
                        .admin()
                        .column("SELECT current_setting('server_version')")
                        .get(0)));
        facts.putAll(rig.versions());
        return new Machine(facts);
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    String markdown() {
        return new TextTable(
                        List.of("machine", ""),
                        facts.entrySet().stream()
                                .map(fact -> List.of(fact.getKey(), fact.getValue()))
                                .toList())
                .markdown();
    }

    private static String firstOf(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
