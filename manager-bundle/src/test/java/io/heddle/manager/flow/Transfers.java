// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncStatus;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/**
 * A server of a certain kind and devices of one account on it; afterwards nothing is left on its way. What goes wrong with
 * records on their way, by the number of its scenario:
 *
 * <ul>
 *   <li>17 to 19, 21 in mid-sync: {@link KeyRotationTest}
 *   <li>29 (pages, a change between them, a server that cuts unasked): {@link PagesTest}, {@link InterruptedDownloadTest}
 *   <li>30 (post limits without batches): {@link UploadTest#withoutBatchesPostsKeepToTheLimitsOfRecordsAndBytes}
 *   <li>31 (several posts, several batches, the second fails):
 *       {@link UploadTest#aBatchOfSeveralPostsIsCommittedWithItsLast},
 *       {@link UploadTest#whatDoesNotFitIntoOneBatchMakesSeveral},
 *       {@link UploadTest#whenTheSecondBatchFailsTheFirstIsAcknowledged}
 *   <li>32 (failing records, collision at the commit, no resurrection, lost batches):
 *       {@link UploadTest#recordsThatTheServerDoesNotTakeAreNamedAndTheOthersGoOn},
 *       {@link UploadTest#aCollisionAtTheCommitIsFetchedAppliedAndUploadedAgain},
 *       {@link UploadTest#aCommittedRecordThatIsDeletedElsewhereIsNotResurrected},
 *       {@link UploadTest#aLostBatchIsBegunAnewOnce}; empty commits and the time to live are the server's: {@code UploadsTest}
 *   <li>33 (a server without batches): {@link UploadTest#aServerWithoutBatchesIsFoundOutWithTheFirstPost}
 *   <li>34 (quota and size limits): {@link UploadTest#aFullStorageEndsTheSyncAndLosesNothing},
 *       {@link UploadTest#limitsThatAreNotAdvertisedAreFoundOut}, {@link AnswersTest}
 *   <li>35 (503 with Retry-After, 404, decimal times, strict newer): {@link AnswersTest},
 *       {@link UploadTest#whatHasTheTimeThatIsKnownIsNotFetchedAgain}
 * </ul>
 */
abstract class Transfers {

    static final String TODO = "/storage/todo";

    final Hold hold = new Hold();
    private final List<TestDevice> devices = new ArrayList<>();
    TestServer server;
    TestAccount account;
    AccountOnServer onServer;

    final void start(TestServerBuilder kind) {
        server = kind.start();
        account = server.newAccount();
        onServer = new AccountOnServer(server, account);
    }

    @AfterEach
    final void nothingIsLeftOnItsWay() {
        hold.release();
        try {
            Deadline.await(
                    "connections to be given back",
                    () -> devices.stream().allMatch(device -> device.connectionsInUse() == 0));
            Deadline.await(
                    "engines' threads to end",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("heddle-engine-")));
        } finally {
            devices.forEach(TestDevice::close);
            server.close();
        }
    }

    final TestDevice device(String name) {
        return device(name, Duration.ofSeconds(20));
    }

    final TestDevice device(String name, Duration answerTimeout) {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = new MemoryStore();
        setup.answerTimeout = answerTimeout;
        TestDevice device = new TestDevice(server, account, name, setup);
        devices.add(device);
        return device;
    }

    /** A device that begins the account with so many records. */
    final Map<String, String> begin(int records, int length) {
        Map<String, String> all = records("r", records, length);
        TestDevice first = device("First");
        MemoryEngine engine = first.engine("todo");
        all.forEach(engine::put);
        assertThat(first.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
        return all;
    }

    static Map<String, String> records(String prefix, int count, int length) {
        Map<String, String> records = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> records.put(String.format("%s%05d", prefix, i), "x".repeat(length) + i));
        return records;
    }

    final List<RecordedRequest> requests(String method, String path) {
        return server.requests().stream()
                .filter(request -> request.method().equals(method))
                .filter(request -> request.path().replaceFirst("\\?.*", "").endsWith(path))
                .toList();
    }
}
