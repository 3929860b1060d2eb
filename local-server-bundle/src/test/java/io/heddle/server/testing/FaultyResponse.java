// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** A response that counts its body, leaves headers out and cuts or drops the body. */
final class FaultyResponse extends HttpServletResponseWrapper {
    private final Set<String> stripped;
    private final long truncateAt;
    private final boolean discards;
    private ServletOutputStream stream;
    private long offered;

    FaultyResponse(HttpServletResponse response, Set<String> stripped, long truncateAt, boolean discards) {
        super(response);
        this.stripped = stripped;
        this.truncateAt = truncateAt;
        this.discards = discards;
    }

    /** How many bytes the body would have had. */
    long offered() {
        return offered;
    }

    boolean isTruncated() {
        return offered > truncateAt;
    }

    @Override
    public void setHeader(String name, String value) {
        if (!stripped.contains(name.toLowerCase(Locale.ROOT))) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!stripped.contains(name.toLowerCase(Locale.ROOT))) {
            super.addHeader(name, value);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new Counting(super.getOutputStream());
        }
        return stream;
    }

    private final class Counting extends ServletOutputStream {
        private final ServletOutputStream out;

        Counting(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            long room = discards ? 0 : Math.min(length, Math.max(0, truncateAt - offered));
            offered += length;
            if (room > 0) {
                out.write(bytes, offset, (int) room);
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
