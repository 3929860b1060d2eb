// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.BsoCipher;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.wire.SealedPayload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Opening and sealing one payload against the bare ciphers over the same bytes. */
@State(Scope.Thread)
public class CipherBenchmark {

    /** Bytes of cleartext. */
    @Param({"300", "1024", "16384"})
    public int size;

    private BsoCipher cipher;
    private BareCipher bare;
    private byte[] cleartext;
    private SealedPayload payload;
    private byte[] base64;
    private byte[] ciphertext;
    private byte[] iv;
    private byte[] hmac;

    /** Seals one record. */
    @Setup
    public void seal() {
        KeyBundle keys = Material.keys();
        cipher = new BsoCipher(keys);
        bare = new BareCipher(keys);
        cleartext = Material.ofSize(size).json().getBytes(StandardCharsets.UTF_8);
        payload = cipher.seal(cleartext);
        base64 = payload.ciphertext();
        ciphertext = Base64.getDecoder().decode(base64);
        iv = Base64.getDecoder().decode(payload.iv()).array();
        hmac = bare.hmac(base64);
        if (!Arrays.equals(cleartext, bare.open(base64, iv, hmac))) {
            throw new IllegalStateException("the floor opens something else");
        }
    }

    /** Ours, from the payload on. */
    @Benchmark
    public byte[] open() throws RecordRejectedException {
        return cipher.open(payload);
    }

    /** HMAC and AES alone, of what is decoded already. */
    @Benchmark
    public void openFloor(Blackhole hole) {
        hole.consume(bare.hmac(base64));
        hole.consume(bare.decrypt(iv, ciphertext));
    }

    /** The same and Base64. */
    @Benchmark
    public byte[] openFloorWithBase64() {
        return bare.open(base64, iv, hmac);
    }

    /** Ours, to the payload. */
    @Benchmark
    public Object sealed() {
        return cipher.seal(cleartext);
    }

    /** AES and HMAC alone. */
    @Benchmark
    public void sealFloor(Blackhole hole) {
        hole.consume(bare.encrypt(iv, cleartext));
        hole.consume(bare.hmac(base64));
    }

    /** The same and Base64. */
    @Benchmark
    public void sealFloorWithBase64(Blackhole hole) {
        byte[] text = Base64.getEncoder().encode(bare.encrypt(iv, cleartext));
        hole.consume(text);
        hole.consume(bare.hmac(text));
    }
}
