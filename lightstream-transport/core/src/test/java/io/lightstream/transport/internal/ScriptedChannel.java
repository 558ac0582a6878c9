package io.lightstream.transport.internal;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A connected socket in which some bytes have arrived, and that says when it is read and closed. */
final class ScriptedChannel extends SocketChannel {
    static final int ARRIVED_BYTES = 100;

    Runnable onRead = () -> {};
    Runnable onClose = () -> {};
    int discarded;

    ScriptedChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        if (discarded == ARRIVED_BYTES) {
            return 0;
        }
        onRead.run();
        destination.put(new byte[ARRIVED_BYTES]);
        discarded = ARRIVED_BYTES;
        return ARRIVED_BYTES;
    }

    @Override
    protected void implCloseSelectableChannel() {
        onClose.run();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public SocketChannel shutdownInput() {
        return this;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public long read(ByteBuffer[] destinations, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean finishConnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }
}
