package io.sluice.record;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was used last of what is worked out for each schema, shape, table or name that records bring. Records may
 * bring ever new ones of any size, so what counts is the memory that they hold, and whoever needs what is gone works it out
 * anew. The newest entry stays, however large it is.
 *
 * <p>Not for several threads.
 */
public final class LruCache<K, V> {
    /** Of each cache, of which a task has about twenty; many hold the same objects. */
    private static final long MAX_BYTES =
            Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 128);

    private static final long ENTRY_BYTES = 120;

    private record Weighed<V>(V value, long bytes) {}

    private final Map<K, Weighed<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final ToLongFunction<? super V> weight;
    private long bytes;

    /**
     * @param weight the memory that a value holds with its key, in bytes, estimated
     */
    public LruCache(ToLongFunction<? super V> weight) {
        this.weight = weight;
    }

    public @Nullable V get(K key) {
        Weighed<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    public V computeIfAbsent(K key, Function<? super K, ? extends V> make) {
        V known = get(key);
        if (known != null) {
            return known;
        }
        V made = make.apply(key);
        put(key, made);
        return made;
    }

    public void put(K key, V value) {
        Weighed<V> entry = new Weighed<>(value, ENTRY_BYTES + weight.applyAsLong(value));
        forget(entries.put(key, entry));
        bytes += entry.bytes;
        Iterator<Weighed<V>> eldest = entries.values().iterator();
        while (bytes > MAX_BYTES && entries.size() > 1) {
            Weighed<V> gone = eldest.next();
            eldest.remove();
            forget(gone);
        }
    }

    public void remove(K key) {
        forget(entries.remove(key));
    }

    public void removeIf(Predicate<? super V> condition) {
        entries.values().removeIf(entry -> {
            boolean gone = condition.test(entry.value);
            bytes -= gone ? entry.bytes : 0;
            return gone;
        });
    }

    private void forget(@Nullable Weighed<V> entry) {
        bytes -= entry == null ? 0 : entry.bytes;
    }
}
