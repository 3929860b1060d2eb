// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.Command;
import io.heddle.manager.failure.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientRecordTest {

    private static final ThisDevice DEVICE =
            new ThisDevice("own", "Büro \ud83d\ude00".repeat(50), "desktop", "1.0", "");
    private static final Command FIRST = Command.of("first", "a", null);
    private static final Command SECOND = Command.of("second");

    private static ClientRecord full() throws SyncException.Malformed {
        return ClientRecord.parse("own", "{\"future\":\"" + "x".repeat(500) + "\",\"more\":[1]}")
                .describing(DEVICE)
                .with(FIRST)
                .with(SECOND);
    }

    private static long size(ClientRecord record) {
        return record.toJson().getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void whatFitsStaysAsItIs() throws Exception {
        assertThat(full().ownFitting(size(full()))).isEqualTo(full());
    }

    @Test
    void whatIsNotKnownHereGoesFirst() throws Exception {
        ClientRecord smaller = full().ownFitting(size(full()) - 1);

        assertThat(smaller.toJson()).doesNotContain("future").contains("more");
        assertThat(smaller.commands()).containsExactly(FIRST, SECOND);
        assertThat(smaller.toDevice(Optional.empty()).build().name()).isEqualTo(DEVICE.name());
    }

    @Test
    void nameIsCutBetweenTwoCharactersBeforeACommandGoes() throws Exception {
        ClientRecord smaller = full().ownFitting(700);

        assertThat(smaller.toDevice(Optional.empty()).build().name())
                .isEqualTo("Büro \ud83d\ude00".repeat(16) + "Büro");
        assertThat(smaller.commands()).containsExactly(FIRST, SECOND);
    }

    @Test
    void oldestCommandGoesBeforeTheYounger() throws Exception {
        long bare = size(full().ownFitting(700));

        assertThat(full().ownFitting(bare - 1).commands()).containsExactly(SECOND);
        assertThatThrownBy(() -> full().ownFitting(50)).isInstanceOf(SyncException.Malformed.class);
    }

    @Test
    void removingCommandsRemovesTheirCopiesAndWhatIsNone() throws Exception {
        ClientRecord record = ClientRecord.parse(
                "own",
                "{\"commands\":[null,{\"command\":\"first\",\"args\":[\"a\",null]},{\"args\":[]},"
                        + "{\"command\":\"first\",\"args\":[\"a\",null],\"flowID\":\"2\"},"
                        + "{\"command\":\"second\",\"args\":[],\"odd\":1},{\"command\":\"second\"}]}");

        assertThat(record.commands()).containsExactly(FIRST, SECOND);
        assertThat(record.without(Set.of(FIRST)).toJson())
                .isEqualTo("{\"commands\":[{\"command\":\"second\",\"args\":[],\"odd\":1}]}");
    }

    @Test
    void argumentsThatAreNoStringsCountAsTheirText() throws Exception {
        ClientRecord record =
                ClientRecord.parse("own", "{\"commands\":[{\"command\":\"x\",\"args\":[1,true,{\"a\":[]},null]}]}");

        assertThat(record.commands()).containsExactly(Command.of("x", "1", "true", "{\"a\":[]}", null));
    }

    @Test
    void recordPrintsNoName() throws Exception {
        assertThat(full()).hasToString("ClientRecord[own]");
    }
}
