// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A session of Gogo, called by reflection. Gogo's API refers to its implementation, so it can't be shared through the system
 * bundle without the whole of Gogo.
 */
final class GogoSession implements AutoCloseable {

    private static final String PACKAGE = "org.apache.felix.service.command.";
    /** Gogo's constant for the format that shells show results in. */
    private static final int INSPECT = 0;

    private final Object session;
    private final Class<?> type;

    /**
     * Opens a session.
     *
     * @param processor Gogo's service
     * @param console what its commands read and write
     */
    GogoSession(Object processor, Console console) {
        try {
            ClassLoader gogo = processor.getClass().getClassLoader();
            type = gogo.loadClass(PACKAGE + "CommandSession");
            Method create = gogo.loadClass(PACKAGE + "CommandProcessor")
                    .getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class);
            session = create.invoke(processor, console.in(), console.out(), console.err());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the API of Gogo 1.1", e);
        }
    }

    /**
     * Runs a command.
     *
     * @param statement the command
     * @return the text of what it returns, when it returns something
     * @throws Exception what the command throws, or Gogo when it does not understand it
     */
    Optional<String> execute(String statement) throws Exception {
        Object result = call("execute", new Class<?>[] {CharSequence.class}, statement);
        return result == null
                ? Optional.empty()
                : Optional.of(
                        String.valueOf(call("format", new Class<?>[] {Object.class, int.class}, result, INSPECT)));
    }

    private Object call(String method, Class<?>[] parameters, Object... arguments) throws Exception {
        try {
            return type.getMethod(method, parameters).invoke(session, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            call("close", new Class<?>[0]);
        } catch (Exception e) {
            throw new IllegalStateException("Gogo's session does not close", e);
        }
    }
}
