package io.sluice.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the report says of one workload.
 *
 * @param id its name, and that of its plot
 * @param bars what is plotted: a number for each name, none for no plot
 */
record Section(
        String id,
        String title,
        String text,
        List<TextTable> tables,
        List<Target> targets,
        String unit,
        Map<String, Double> bars) {

    /** Markdown. The plot is the file that {@link Plot} writes, if it could. */
    String markdown(String plot) {
        List<String> parts = new ArrayList<>();
        parts.add("## " + id + ": " + title + "\n");
        parts.add(text.strip() + "\n");
        tables.forEach(table -> parts.add(table.markdown()));
        if (!targets.isEmpty()) {
            parts.add(new TextTable(
                            List.of("what", "value", "target", "verdict"),
                            targets.stream().map(Target::cells).toList())
                    .markdown());
        }
        if (!plot.isEmpty()) {
            parts.add("![" + title + "](" + plot + ")\n");
        }
        return parts.stream().collect(Collectors.joining("\n"));
    }
}
