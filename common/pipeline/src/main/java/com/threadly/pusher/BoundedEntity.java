package com.threadly.pusher;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** A response body that is read up to a limit: a longer one is an error, and closes its connection. */
final class BoundedEntity extends HttpEntityWrapper {

    private final int maxBytes;

    BoundedEntity(HttpEntity entity, int maxBytes) {
        super(entity);
        this.maxBytes = maxBytes;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        super.writeTo(new Bounded(out));
    }

    private final class Bounded extends FilterOutputStream {

        private long written;

        private Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            count(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count(length);
            out.write(bytes, offset, length);
        }

        private void count(int more) throws IOException {
            written += more;
            if (written > maxBytes) {
                throw new IOException(String.format(Locale.ROOT, "the response has more than %d bytes", maxBytes));
            }
        }
    }
}
