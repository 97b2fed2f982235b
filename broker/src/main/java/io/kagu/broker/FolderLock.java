package io.kagu.broker;

import io.kagu.broker.BrokerStartException.Reason;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to use a data folder, held by the broker process until its very end.
 *
 * <p>It is the operating system that frees it, so it cannot outlive its holder. Whoever asks waits
 * a while, because the holder may be a broker that is just going down after its parent was killed.
 */
final class FolderLock implements AutoCloseable {

    private static final long RETRY_MS = 25;
    // Past any content: the file stays readable where locks bind readers too.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int LONGEST_HOLDER = 100;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock and notes the holder in the file, or fails once the patience has run out. */
    static FolderLock take(DataFolder folder, Duration patience, String holder) {
        try {
            FileChannel channel = open(folder);
            long end = System.nanoTime() + patience.toNanos();
            while (!locked(channel)) {
                if (System.nanoTime() > end) {
                    throw inUse(folder, channel);
                }
                pause();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            return new FolderLock(channel);
        } catch (IOException e) {
            throw folder.notWritable(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileChannel open(DataFolder folder) throws IOException {
        return FileChannel.open(
                folder.lock(),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        Optional<FileLock> lock = Optional.ofNullable(channel.tryLock(LOCKED_BYTE, 1, false));
        return lock.isPresent();
    }

    private static BrokerStartException inUse(DataFolder folder, FileChannel channel)
            throws IOException {
        String holder = holder(channel);
        channel.close();
        return new BrokerStartException(
                Reason.FOLDER_IN_USE,
                "data folder %s is in use by process %s: stop that process or choose another folder"
                        .formatted(folder.root(), holder));
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LONGEST_HOLDER);
        int length = Math.max(0, channel.read(content, 0));
        String text = new String(content.array(), 0, length, StandardCharsets.UTF_8);
        return text.isBlank() ? "(unknown)" : text.strip();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the folder's lock", e);
        }
    }
}
