// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import io.heddle.integration.bench.TestBench;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.model.InitializationError;
import org.ops4j.pax.exam.junit.PaxExam;

/** Runs a test class in a framework, and takes its bench down after that. */
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
    }
}
