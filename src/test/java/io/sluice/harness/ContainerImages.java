package io.sluice.harness;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** The images of {@code docker/.env}, and the project's own as {@code docker/Dockerfile} makes it from the archive. */
final class ContainerImages {

    private static final Properties VERSIONS = versions();
    private static final ImageFromDockerfile CONNECT = connect();

    private ContainerImages() {}

    static DockerImageName kafka() {
        return DockerImageName.parse("apache/kafka:" + VERSIONS.getProperty("KAFKA_VERSION"));
    }

    static DockerImageName postgres() {
        return DockerImageName.parse("postgres:" + VERSIONS.getProperty("POSTGRES_VERSION"));
    }

    /** Built when it is first used. */
    static ImageFromDockerfile ofConnect() {
        return CONNECT;
    }

    private static ImageFromDockerfile connect() {
        Path root = Project.root();
        String version = VERSIONS.getProperty("SLUICE_VERSION");
        ImageFromDockerfile image = new ImageFromDockerfile("sluice/kafka-connect-postgres-test", true)
                .withFileFromPath("Dockerfile", root.resolve("docker/Dockerfile"))
                .withBuildArg("KAFKA_VERSION", VERSIONS.getProperty("KAFKA_VERSION"))
                .withBuildArg("SLUICE_VERSION", version)
                .withFileFromPath("target/" + PluginArchive.NAME + version + ".zip", PluginArchive.find());
        for (String file : new String[] {"docker/connect", "config/worker-distributed.properties"}) {
            image.withFileFromPath(file, root.resolve(file));
        }
        return image;
    }

    private static Properties versions() {
        try (Reader reader = Files.newBufferedReader(Project.root().resolve("docker/.env"))) {
            Properties versions = new Properties();
            versions.load(reader);
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
