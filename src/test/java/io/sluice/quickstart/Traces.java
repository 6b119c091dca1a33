package io.sluice.quickstart;

import java.util.List;

/** Stack traces as Connect's REST interface shows them. */
final class Traces {

    private static final String CAUSE = "Caused by: ";

    private Traces() {}

    /** The message of the last cause, without the lines of the stack and the name of the class. */
    static String paragraph(String trace) {
        List<String> messages = trace.lines()
                .filter(line -> !line.startsWith("\t") && !line.isBlank())
                .toList();
        int last = 0;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).startsWith(CAUSE)) {
                last = i;
            }
        }
        String paragraph = String.join("\n", messages.subList(Math.min(last, messages.size()), messages.size()));
        return paragraph.replaceFirst("^(" + CAUSE + ")?[\\w.$]+(Exception|Error): ", "");
    }
}
