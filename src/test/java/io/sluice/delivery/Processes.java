package io.sluice.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process. */
final class Processes {
    private Processes() {}

    /** The memory that it holds now and at most so far, in words; empty on other systems. */
    static String residentMemory(long pid) {
        try {
            return String.join(
                    " ",
                    Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                            .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                            .map(line -> line.replaceAll("\\s+", " "))
                            .toList());
        } catch (IOException e) {
            return "";
        }
    }
}
