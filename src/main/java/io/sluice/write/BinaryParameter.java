package io.sluice.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/** A parameter whose bytes are in PostgreSQL's binary form already. It extends what the driver takes as they are. */
final class BinaryParameter extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final int offset;
    private final int count;

    private BinaryParameter(byte[] bytes, int offset, int count) {
        this.bytes = bytes;
        this.offset = offset;
        this.count = count;
    }

    /** Binds bytes as a parameter of that type, which the driver copies at once. */
    static void bind(PreparedStatement statement, int index, String type, byte[] bytes, int offset, int count)
            throws SQLException {
        PGobject parameter = count == 0 ? new PGobject() : new BinaryParameter(bytes, offset, count);
        parameter.setType(type);
        if (count == 0) {
            // The driver takes binary objects of no bytes for NULL; of the types that have values of no bytes, the text
            // form is empty too.
            parameter.setValue("");
        }
        statement.setObject(index, parameter, Types.OTHER);
    }

    static void bindNull(PreparedStatement statement, int index, String type) throws SQLException {
        statement.setNull(index, Types.OTHER, type);
    }

    @Override
    public int lengthInBytes() {
        return count;
    }

    @Override
    public void toBytes(byte[] target, int targetOffset) {
        System.arraycopy(bytes, offset, target, targetOffset, count);
    }

    @Override
    public void setByteValue(byte[] value, int valueOffset) throws SQLException {
        throw new SQLFeatureNotSupportedException("Parameters are only sent");
    }
}
