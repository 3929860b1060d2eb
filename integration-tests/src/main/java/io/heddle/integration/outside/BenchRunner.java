// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.TestBench;
import java.util.List;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.model.InitializationError;
import org.ops4j.pax.exam.junit.PaxExam;

/** Runs a test class in a framework, then takes its bench down and looks for threads that were left behind. */
public final class BenchRunner extends PaxExam {

    /**
     * Made by JUnit.
     *
     * @param tests the test class
     * @throws InitializationError when it isn't one
     */
    public BenchRunner(Class<?> tests) throws InitializationError {
        super(tests);
    }

    @Override
    public void run(RunNotifier notifier) {
        try {
            super.run(notifier);
        } finally {
            TestBench.closeCurrent();
        }
        try {
            Deadline.await(
                    "the end of the managers' threads", () -> managerThreads().isEmpty());
        } catch (AssertionError e) {
            AssertionError named = new AssertionError(e.getMessage() + ", left: " + managerThreads());
            notifier.fireTestFailure(new Failure(getDescription(), named));
        }
    }

    /** Threads by which a manager would outlive its framework. */
    private static List<String> managerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("heddle-") || name.startsWith("idle-connection-evictor"))
                .toList();
    }
}
