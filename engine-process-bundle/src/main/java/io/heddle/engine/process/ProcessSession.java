// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import io.heddle.engine.Command;
import io.heddle.engine.process.program.ProgramException;
import io.heddle.engine.process.protocol.Answers;
import io.heddle.engine.process.protocol.Conversation;
import io.heddle.engine.process.protocol.Requests;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** One sync of a {@link ProcessEngine}: each call is a message to the program. */
final class ProcessSession implements RecordSession {

    /** Of records to upload, about so many bytes are asked for at once. */
    private static final long PAGE_BYTES = 8L * 1024 * 1024;

    private static final long PAGE_RECORDS = 100;

    private final ProcessEngine engine;
    private final Conversation conversation;
    private final RecordContext context;
    private final int pageLimit;
    private final Map<String, SyncPoint> points;
    private final Set<String> failed = new HashSet<>();
    private final Set<Command> forOthers = new HashSet<>();
    private int uploads;

    ProcessSession(
            ProcessEngine engine, Conversation conversation, RecordContext context, Map<String, SyncPoint> points) {
        this.engine = engine;
        this.conversation = conversation;
        this.context = context;
        long inPage = PAGE_BYTES / Math.max(1, context.config().maxCleartextBytes());
        this.pageLimit = (int) Math.max(1, Math.min(PAGE_RECORDS, inPage));
        this.points = points;
    }

    @Override
    public Optional<SyncPoint> findSyncPoint(String collection) {
        return Optional.ofNullable(points.get(collection));
    }

    @Override
    public void stage(IncomingRecord record) throws ProgramException, InterruptedException {
        conversation.tell(Requests.record(record));
    }

    @Override
    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched)
            throws ProgramException, InterruptedException {
        conversation.ask("apply", Requests.apply(fetched), this::note);
        return new Pages();
    }

    @Override
    public void uploaded(UploadedBatch batch) throws ProgramException, InterruptedException {
        conversation.ask("uploaded", Requests.uploaded(batch), this::note);
        uploads++;
    }

    @Override
    public Set<String> failedIds() {
        return Set.copyOf(failed);
    }

    /** What an answer says besides. A command that comes again, as the request did, is one. */
    private boolean note(JsonFields done) {
        failed.addAll(Answers.failed(done));
        for (Command command : Answers.commandsForOthers(done, engine.name())) {
            if (forOthers.add(command)) {
                if (forOthers.size() > RecordContext.MOST_COMMANDS) {
                    throw new IllegalArgumentException("expected at most " + RecordContext.MOST_COMMANDS
                            + " commands for others in a run, found another");
                }
                context.commandOthers(command);
            }
        }
        return true;
    }

    @Override
    public void close() throws ProgramException {
        engine.end(conversation);
    }

    /** The program's changes, a page at a time, so that neither side ever waits with a pipe full of records. */
    private final class Pages implements Iterator<OutgoingRecord> {

        private Iterator<OutgoingRecord> page = Collections.emptyIterator();
        private boolean complete;
        private int uploadsBefore;

        @Override
        public boolean hasNext() {
            // What was uploaded since the last page may be what further records have waited for.
            if (!page.hasNext() && (!complete || uploads > uploadsBefore)) {
                try {
                    uploadsBefore = uploads;
                    page = conversation
                            .askForRecords(
                                    pageLimit,
                                    record -> Answers.record(record, context.collections()),
                                    ProcessSession.this::note)
                            .iterator();
                    complete = !page.hasNext();
                } catch (ProgramException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    // An iterator can't say so otherwise; the manager looks at the interrupt.
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while the program's records were awaited", e);
                }
            }
            return page.hasNext();
        }

        @Override
        public OutgoingRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the program has no more records");
            }
            return page.next();
        }
    }
}
