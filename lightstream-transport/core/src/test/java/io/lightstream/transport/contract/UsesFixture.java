package io.lightstream.transport.contract;

/** Part of the contract. */
interface UsesFixture {
    /** Fresh for each test. */
    TransportFixture fixture();
}
