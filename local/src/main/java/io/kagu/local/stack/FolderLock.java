package io.kagu.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A stack's sole right to its data folder; ends with the process, however that ends. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder if absent and takes it.
     *
     * @throws StackException if it cannot be written or another stack has it
     */
    static FolderLock take(Folders folders) {
        Path root = folders.root();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StackException(
                    "data folder %s is a file: choose another with --data".formatted(root));
        }
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(
                            folders.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StackException("data folder %s cannot be written: %s".formatted(root, e), e);
        }
        throw new StackException(
                "data folder %s is in use by another kagu: stop it or choose another with --data"
                        .formatted(root));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            return lock.isPresent();
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("the data folder's lock cannot be closed: " + e, e);
        }
    }
}
