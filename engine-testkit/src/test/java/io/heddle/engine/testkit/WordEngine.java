// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.Command;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An engine that keeps to the contract, unless it has a flaw. */
final class WordEngine implements RecordEngine {

    /** Deletes the item of a word; makes one. */
    static final List<Command> COMMANDS =
            List.of(Command.of("drop", WordStore.COLLECTION, "warp"), Command.of("make", WordStore.COLLECTION, "shed"));

    private final WordStore store;
    private final Optional<Flaw> flaw;
    private boolean unusable;

    WordEngine(WordStore store, Optional<Flaw> flaw) {
        this.store = store;
        this.flaw = flaw;
    }

    boolean has(Flaw which) {
        return flaw.filter(which::equals).isPresent();
    }

    void setUnusable(boolean now) {
        unusable = now;
    }

    @Override
    public RecordSession open(RecordContext context) throws IOException {
        if (unusable) {
            throw new IOException("the store is closed, or still in use");
        }
        unusable = has(Flaw.NEEDS_A_SESSION_THAT_ENDED_WELL);
        return new WordSession(this, store);
    }

    @Override
    public void reset() {
        if (has(Flaw.RESET_DELETES)) {
            store.items().clear();
        }
        if (!has(Flaw.RESET_KEEPS_THE_POINT)) {
            store.forgetPoint();
        }
        if (has(Flaw.RESET_STORES_HALF)) {
            store.save();
        }
        for (String id : List.copyOf(store.items().keySet())) {
            if (has(Flaw.RESET_DOUBLES)) {
                store.put(store.newId(), store.items().remove(id).get("word").getAsString());
            } else if (!has(Flaw.RESET_OFFERS_NOTHING)) {
                store.markChanged(id);
            }
        }
        if (!has(Flaw.RESET_IS_NOT_STORED) && !has(Flaw.RESET_STORES_HALF)) {
            store.save();
        }
    }

    @Override
    public void wipe() {
        store.changed().clear();
        if (has(Flaw.WIPE_SENDS_TOMBSTONES)) {
            store.items().keySet().forEach(store::markChanged);
        }
        if (!has(Flaw.WIPE_KEEPS_THE_DATA)) {
            store.items().clear();
        }
        if (!has(Flaw.WIPE_KEEPS_THE_POINT)) {
            store.forgetPoint();
        }
        store.save();
    }

    @Override
    public boolean perform(Command command) {
        String word = command.findArgument(1).orElse("");
        boolean there = store.words().contains(word);
        switch (command.name()) {
            case "drop" -> {
                if (there || has(Flaw.FAILS_ON_A_COMMAND_THAT_COMES_AGAIN)) {
                    drop(store.idOf(word));
                }
            }
            case "make" -> {
                if (!there || has(Flaw.DOUBLES_A_COMMAND_THAT_COMES_AGAIN)) {
                    store.put(store.newId(), word);
                }
            }
            default -> {
                if (has(Flaw.FAILS_ON_AN_UNKNOWN_COMMAND)) {
                    throw new IllegalArgumentException("there is no such command");
                }
                return has(Flaw.CLAIMS_EVERY_COMMAND);
            }
        }
        return !has(Flaw.DENIES_ITS_COMMANDS);
    }

    private void drop(String id) {
        store.items().remove(id);
        store.markChanged(id);
        if (!has(Flaw.STORES_NO_COMMAND)) {
            store.save();
        }
    }
}
