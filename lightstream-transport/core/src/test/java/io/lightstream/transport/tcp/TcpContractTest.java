package io.lightstream.transport.tcp;

import io.lightstream.transport.contract.TransportContract;

class TcpContractTest extends TransportContract {
    @Override
    protected String listenUri() {
        return "tcp://127.0.0.1:0";
    }
}
