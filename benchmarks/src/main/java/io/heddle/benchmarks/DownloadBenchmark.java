// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.manager.crypto.BsoCipher;
import io.heddle.manager.crypto.OpenedRecord;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoReader;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of a response to records as an engine gets them. One operation is a whole body. */
@State(Scope.Thread)
public class DownloadBenchmark {

    /** Where the records are said to come from. */
    static final String COLLECTION = "history";

    /** Records in a body. */
    @Param("10000")
    public int count;

    /** Whether a line is a record, or an element of an array. */
    @Param({"newlines", "array"})
    public String form;

    private byte[] body;
    private RecordCodec codec;
    private GsonPath gson;

    /** Seals the records. */
    @Setup
    public void seal() {
        KeyBundle keys = Material.keys();
        codec = new RecordCodec(keys);
        gson = new GsonPath(keys);
        List<String> ids = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        try (BsoCipher cipher = new BsoCipher(keys)) {
            for (Material.Cleartext record : Material.history(count)) {
                ids.add(record.id());
                payloads.add(cipher.seal(record.json()).text());
            }
        }
        body = Material.body(ids, payloads, form.equals("newlines"));
    }

    /** Ours. */
    @Benchmark
    public int records(Blackhole hole) throws Exception {
        int records = 0;
        try (BsoReader reader = new BsoReader(new ByteArrayInputStream(body), form.equals("newlines"))) {
            while (reader.hasNext()) {
                Bso bso = reader.next();
                OpenedRecord opened = codec.open(bso);
                hole.consume(new IncomingRecord(
                        COLLECTION,
                        bso.id(),
                        bso.modified().orElse(ServerTimestamp.ZERO),
                        bso.sortIndex(),
                        opened.deleted(),
                        opened.json()));
                records++;
            }
        }
        return require(records);
    }

    /** Gson's streaming parser, ciphers reused. */
    @Benchmark
    public int gsonReused(Blackhole hole) throws Exception {
        return require(gson.read(body, form.equals("newlines"), false, hole));
    }

    /** Gson's streaming parser, new ciphers for each record. */
    @Benchmark
    public int gsonNaive(Blackhole hole) throws Exception {
        return require(gson.read(body, form.equals("newlines"), true, hole));
    }

    private int require(int records) {
        if (records != count) {
            throw new IllegalStateException("expected " + count + " records, found " + records);
        }
        return records;
    }
}
