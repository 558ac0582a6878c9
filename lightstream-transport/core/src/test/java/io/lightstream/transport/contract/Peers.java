package io.lightstream.transport.contract;

import io.lightstream.transport.Connection;
import io.lightstream.transport.Server;

/** Both ends of a connection; closed by the fixture. */
record Peers(Server server, Connection near, Connection far) {}
