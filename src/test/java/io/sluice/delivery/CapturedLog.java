package io.sluice.delivery;

import java.io.StringWriter;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;
import org.apache.log4j.WriterAppender;

/** What tasks in this JVM log, as a worker would write it down, and what the driver says of its own accord. */
final class CapturedLog extends Handler implements AutoCloseable {
    private static final java.util.logging.Logger DRIVER = java.util.logging.Logger.getLogger("");

    private final StringWriter text = new StringWriter();
    private final WriterAppender appender = new WriterAppender(new PatternLayout("%c{1} [%t] %m%n"), text);

    private CapturedLog() {}

    static CapturedLog start() {
        CapturedLog log = new CapturedLog();
        Logger.getRootLogger().addAppender(log.appender);
        DRIVER.addHandler(log);
        return log;
    }

    List<String> lines() {
        return text.toString().lines().toList();
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.INFO.intValue()) {
            text.append(line.getLoggerName())
                    .append(' ')
                    .append(String.valueOf(line.getMessage()))
                    .append(' ')
                    .append(String.valueOf(line.getThrown()))
                    .append('\n');
        }
    }

    @Override
    public void flush() {
        // All is there at once.
    }

    @Override
    public void close() {
        Logger.getRootLogger().removeAppender(appender);
        DRIVER.removeHandler(this);
    }
}
