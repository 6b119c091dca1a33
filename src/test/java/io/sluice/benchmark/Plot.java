package io.sluice.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;

/** Bars as an SVG file. */
final class Plot {

    private Plot() {}

    /** Whether the plot could be written. Where the machine has no fonts it cannot, and the report does without. */
    static boolean write(Section section, Path file) {
        if (section.bars().isEmpty()) {
            return false;
        }
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                ChartEncoder.saveChart(chart(section), out, "svg");
            }
            return true;
        } catch (IOException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static CategoryChart chart(Section section) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(800)
                .height(360)
                .title(section.id() + ": " + section.title())
                .yAxisTitle(section.unit())
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLabelRotation(20);
        chart.addSeries(
                section.unit(),
                List.copyOf(section.bars().keySet()),
                List.copyOf(section.bars().values()));
        return chart;
    }
}
