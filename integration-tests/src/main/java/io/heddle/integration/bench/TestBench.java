// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * One test class's server, account, folder and second device. It is set up outside of the frameworks before they start,
 * and taken down when they have stopped.
 *
 * <p><b>Threading:</b> any thread, one bench at a time.
 */
public final class TestBench implements AutoCloseable {

    /** The prefix of the framework properties that tell a device who it is. */
    public static final String PREFIX = "heddle.it.";

    private static TestBench current;
    private static Path work;

    private final Path folder;
    private final TestServer server;
    private final TestAccount account;
    private final SSLContext defaultTls;
    private final Deque<AutoCloseable> belongings = new ArrayDeque<>();
    private Device secondDevice;

    private TestBench(Path folder, TestServerBuilder wishes) throws NoSuchAlgorithmException {
        this.folder = folder;
        server = wishes.start();
        belongings.push(server);
        account = server.newAccount();
        defaultTls = SSLContext.getDefault();
    }

    /**
     * Sets a bench up.
     *
     * @param wishes for its server
     * @return the bench, which is the {@link #current} one from now on
     */
    public static synchronized TestBench open(TestServerBuilder wishes) {
        try {
            closeCurrent();
            current = new TestBench(Files.createTempDirectory(workOfThisRun(), "bench"), wishes);
            return current;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has a TLS context", e);
        }
    }

    /** The folder of all benches: what a run leaves in it can be looked at until the next one. */
    private static Path workOfThisRun() throws IOException {
        if (work == null) {
            work = Path.of(System.getProperty(PREFIX + "work"));
            if (Files.exists(work)) {
                try (Stream<Path> old = Files.walk(work)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(work);
        }
        return work;
    }

    /**
     * The bench of the test class that runs.
     *
     * @return the bench that was opened last
     */
    public static synchronized TestBench current() {
        if (current == null) {
            throw new IllegalStateException("no bench is open");
        }
        return current;
    }

    /** Takes the current bench down, if there is one. */
    public static synchronized void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** {@return the server} */
    public TestServer server() {
        return server;
    }

    /** {@return the account of all devices} */
    public TestAccount account() {
        return account;
    }

    /** {@return a folder for files of the tests} */
    public Path folder() {
        return folder;
    }

    /**
     * Where a device keeps its notes.
     *
     * @param device the device's name
     * @return a folder that exists
     */
    public Path notesOf(String device) {
        try {
            return Files.createDirectories(folder.resolve(device).resolve("notes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The framework properties of a device.
     *
     * @param device the device's name
     * @return what its device bundle needs to know
     */
    public Map<String, String> propertiesOf(String device) {
        return Map.of(
                PREFIX + "device", device,
                PREFIX + "folder", notesOf(device).getParent().toString(),
                PREFIX + "tokenServer", server.tokenServer().toString(),
                PREFIX + "accessToken", account.accessToken(),
                PREFIX + "keyId", account.keyId(),
                PREFIX + "syncKey", Base64.getUrlEncoder().encodeToString(account.syncKey()));
    }

    /** Makes what starts from now on trust the server's certificate, as a trust store in the system properties does. */
    public void trustServer() {
        SSLContext.setDefault(server.clientSslContext());
    }

    /**
     * The device in the second framework.
     *
     * @return the device, when one was put on the bench
     */
    public synchronized Device secondDevice() {
        if (secondDevice == null) {
            throw new IllegalStateException("this bench has no second device");
        }
        return secondDevice;
    }

    /**
     * Puts a second device on the bench.
     *
     * @param device the device
     * @param framework closed with the bench, before the server
     */
    public synchronized void putSecondDevice(Device device, AutoCloseable framework) {
        secondDevice = device;
        belongings.push(framework);
    }

    @Override
    public synchronized void close() {
        SSLContext.setDefault(defaultTls);
        while (!belongings.isEmpty()) {
            try {
                belongings.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the bench could not be taken down", e);
            }
        }
    }
}
