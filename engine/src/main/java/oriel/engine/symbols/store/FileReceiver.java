package oriel.engine.symbols.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of an answer to a file as it arrives, never more than allowed. The outcome is
 * empty when the file is whole, else says why it is not. Once {@link #close} has returned, nothing
 * touches the file any more, however late the answer is.
 */
final class FileReceiver
        implements HttpResponse.BodyHandler<Optional<String>>,
                HttpResponse.BodySubscriber<Optional<String>>,
                Closeable {
    private final Path file;
    private final HttpTransfer.Part part;
    private final long largestBytes;
    private final Progress progress;
    private final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable FileChannel channel;
    private volatile long received;
    private volatile boolean begun;
    private boolean closed;
    private long total = -1;

    /** Is told how far a transfer is. */
    @FunctionalInterface
    interface Progress {
        void at(long doneBytes, long totalBytes);
    }

    FileReceiver(Path file, HttpTransfer.Part part, long largestBytes, Progress progress) {
        this.file = file;
        this.part = part;
        this.largestBytes = largestBytes;
        this.progress = progress;
    }

    /** Bytes of the file that are there. */
    long received() {
        return received;
    }

    /** Whether the server has begun to answer. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public synchronized HttpResponse.BodySubscriber<Optional<String>> apply(
            HttpResponse.ResponseInfo info) {
        begun = true;
        boolean resumed = info.statusCode() == 206 && part.sizeBytes() > 0;
        if (info.statusCode() != 200 && !resumed) {
            return HttpResponse.BodySubscribers.replacing(Optional.empty());
        }
        OptionalLong length = info.headers().firstValueAsLong("Content-Length");
        received = resumed ? part.sizeBytes() : 0;
        try {
            if (closed) {
                throw new IOException("the transfer was given up");
            }
            if (resumed && !continues(info)) {
                throw new RefusedAnswerException("the server sends another part than asked for");
            }
            if (length.isPresent()) {
                total = received + length.getAsLong();
            }
            if (total > largestBytes || length.orElse(0) < 0) {
                throw new RefusedAnswerException(
                        "the file has " + total + " bytes, allowed are " + largestBytes);
            }
            if (!resumed) {
                String validator =
                        info.headers()
                                .firstValue("ETag")
                                .filter(tag -> !tag.startsWith("W/"))
                                .or(() -> info.headers().firstValue("Last-Modified"))
                                .orElse("");
                part.remember(validator);
            }
            channel =
                    resumed
                            ? FileChannel.open(file, StandardOpenOption.APPEND)
                            : FileChannel.open(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            outcome.completeExceptionally(e);
        }
        return this;
    }

    @Override
    public CompletionStage<Optional<String>> getBody() {
        return outcome;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (outcome.isDone()) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription source = subscription;
        if (source == null) {
            return;
        }
        try {
            if (write(buffers)) {
                progress.at(received, total);
                source.request(1);
            } else {
                source.cancel();
            }
        } catch (IOException e) {
            source.cancel();
            fail(e);
        }
    }

    /** False when the file is closed. */
    private synchronized boolean write(List<ByteBuffer> buffers) throws IOException {
        FileChannel to = channel;
        if (to == null) {
            return false;
        }
        for (ByteBuffer buffer : buffers) {
            received += buffer.remaining();
            if (received > largestBytes) {
                throw new RefusedAnswerException(
                        "the file has more than the " + largestBytes + " bytes allowed");
            }
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
        }
        return true;
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    @Override
    public void onComplete() {
        close();
        outcome.complete(
                total >= 0 && received != total
                        ? Optional.of(received + " of " + total + " bytes arrived")
                        : Optional.empty());
    }

    @Override
    public synchronized void close() {
        closed = true;
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                outcome.completeExceptionally(e);
            }
        }
    }

    private void fail(Throwable failure) {
        close();
        outcome.completeExceptionally(failure);
    }

    /** {@code Content-Range: bytes 100-199/200} must begin where the part ends. */
    private boolean continues(HttpResponse.ResponseInfo info) {
        String range = info.headers().firstValue("Content-Range").orElse("");
        return range.startsWith("bytes " + part.sizeBytes() + "-");
    }
}
