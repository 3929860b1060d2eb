// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.bso.BsoChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PostedChangesTest {

    @Test
    void whatWasPostedComesBackAsItWas() {
        List<BsoChange> changes = List.of(
                new BsoChange("all", Optional.of("{\"x\":\"ä\uD83D\uDE00\"}"), OptionalInt.of(-5), OptionalLong.of(7)),
                new BsoChange("none", Optional.empty(), OptionalInt.empty(), OptionalLong.empty()),
                new BsoChange("long", Optional.of("ü".repeat(100_000)), OptionalInt.empty(), OptionalLong.empty()),
                new BsoChange("empty", Optional.of(""), OptionalInt.of(0), OptionalLong.empty()),
                new BsoChange("ttl", Optional.empty(), OptionalInt.empty(), OptionalLong.of(999_999_999)));

        assertThat(PostedChanges.decode(PostedChanges.encode(changes))).isEqualTo(changes);
    }
}
