// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From records in cleartext to the bodies of POSTs of 100 records. One operation is all records. */
@State(Scope.Thread)
public class UploadBenchmark {

    private static final int POST_RECORDS = 100;

    /** Records in all. */
    @Param("10000")
    public int count;

    private List<Material.Cleartext> records;
    private RecordCodec codec;
    private GsonPath gson;

    /** Makes the records. */
    @Setup
    public void make() {
        KeyBundle keys = Material.keys();
        codec = new RecordCodec(keys);
        gson = new GsonPath(keys);
        records = Material.history(count);
    }

    /** Ours. */
    @Benchmark
    public long bodies() throws Exception {
        long bytes = 0;
        for (int first = 0; first < count; first += POST_RECORDS) {
            AsciiBuffer post = new AsciiBuffer();
            for (Material.Cleartext record : records.subList(first, Math.min(first + POST_RECORDS, count))) {
                SealedPayload payload = codec.seal(record.id(), record.json());
                post.append(post.length() == 0 ? '[' : ',');
                BsoWriter.append(post, record.id(), payload, OptionalInt.of(100), OptionalInt.empty());
            }
            bytes += post.append(']').toBytes().length;
        }
        return bytes;
    }

    /** Gson's writer, ciphers reused. */
    @Benchmark
    public long gsonReused() throws Exception {
        return gson(false);
    }

    /** Gson's writer, new ciphers for each record. */
    @Benchmark
    public long gsonNaive() throws Exception {
        return gson(true);
    }

    private long gson(boolean newCiphers) throws Exception {
        long bytes = 0;
        for (int first = 0; first < count; first += POST_RECORDS) {
            bytes += gson.write(records.subList(first, Math.min(first + POST_RECORDS, count)), newCiphers).length;
        }
        return bytes;
    }
}
