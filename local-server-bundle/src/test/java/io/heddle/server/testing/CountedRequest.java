// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request that counts the bytes of its body as they are read. */
final class CountedRequest extends HttpServletRequestWrapper {
    private long bytes;

    CountedRequest(HttpServletRequest request) {
        super(request);
    }

    long bytes() {
        return bytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream in = super.getInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                int b = in.read();
                bytes += b < 0 ? 0 : 1;
                return b;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = in.read(into, offset, length);
                bytes += Math.max(0, count);
                return count;
            }

            @Override
            public boolean isFinished() {
                return in.isFinished();
            }

            @Override
            public boolean isReady() {
                return in.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                in.setReadListener(listener);
            }
        };
    }
}
