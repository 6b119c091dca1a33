package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Environment;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the cases of a test class, each as a test of its own in several {@link RunVariant}s. What takes time is that a worker
 * makes connectors and Kafka lets them join their groups, so a wave of cases is started at once, and then they are looked
 * at one after the other. While a wave is cleared away the next one is on its way.
 *
 * <p>{@code -Dcase=REGEX} runs only the cases whose names have a match.
 */
final class Cases implements AutoCloseable {
    private static final int AT_ONCE = 40;

    private final ExecutorService cleaner = Executors.newSingleThreadExecutor();
    private final List<CompletableFuture<Void>> cleaned = new ArrayList<>();

    /** A case, a variant, and what tells them from others in names of topics and the like. */
    private record Chosen(String id, Case example, RunVariant variant) {
        String name() {
            return example.name() + " [" + variant + "]";
        }
    }

    /** The tests of a theme, whose name is that of its directory of logs. */
    Stream<DynamicTest> run(String theme, Case... cases) {
        Pattern wanted = Pattern.compile(System.getProperty("case", ""));
        List<Chosen> chosen = new ArrayList<>();
        for (RunVariant variant : RunVariant.values()) {
            IntStream.range(0, cases.length)
                    .filter(number -> variant.isDue(number)
                            && wanted.matcher(cases[number].name()).find())
                    .forEach(number -> chosen.add(new Chosen("c" + chosen.size(), cases[number], variant)));
        }
        return IntStream.iterate(0, start -> start < chosen.size(), start -> start + AT_ONCE)
                .boxed()
                .flatMap(start ->
                        wave(theme + "-" + start, chosen.subList(start, Math.min(start + AT_ONCE, chosen.size()))));
    }

    /** Waits until all that the cases needed is cleared away. */
    @Override
    public void close() {
        cleaner.shutdown();
        cleaned.forEach(CompletableFuture::join);
    }

    /** Starts the cases of a wave, and gives their tests and one that looks into the log and ends the wave. */
    private Stream<DynamicTest> wave(String name, List<Chosen> wave) {
        Scenario scenario = Environment.shared().scenario("Cases/" + name);
        long mark = scenario.worker().log().mark();
        ExecutorService starters = Executors.newFixedThreadPool(wave.size());
        List<CompletableFuture<RunningCase>> started = wave.stream()
                .map(one -> CompletableFuture.supplyAsync(
                        () -> RunningCase.start(scenario, one.id(), one.example(), one.variant())
                                .advance(),
                        starters))
                .toList();
        starters.shutdown();
        Stream<DynamicTest> tests = IntStream.range(0, wave.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        wave.get(i).name(), () -> running(started.get(i)).verify()));
        DynamicTest last = DynamicTest.dynamicTest("no value of a row is in the worker's log", () -> {
            cleaned.add(CompletableFuture.runAsync(scenario::close, cleaner));
            assertThat(scenario.worker().log().since(mark)).noneMatch(line -> line.contains(Case.SECRET));
        });
        return Stream.concat(tests, Stream.of(last));
    }

    private static RunningCase running(CompletableFuture<RunningCase> started) throws Throwable {
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }
}
