// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A process that stores states until it is killed; in each one every grant names the state's device. */
final class StoringForever {

    private StoringForever() {}

    public static void main(String[] arguments) throws Exception {
        FileStateStore store = new FileStateStore(Path.of(arguments[0]));
        for (int round = 0; ; round++) {
            Map<String, String> grants = new TreeMap<>();
            for (int i = 0; i < 2_000; i++) {
                grants.put("collection-" + i, "device-" + round);
            }
            store.store(PersistedStateCodec.toJson(PersistedState.fresh("device-" + round).toBuilder()
                    .grants(new Grants(grants, Set.of(), true))
                    .build()));
            System.out.println(round);
        }
    }
}
